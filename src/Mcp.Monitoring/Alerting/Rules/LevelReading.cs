using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What an evaluation found for one level of an alert.</summary>
/// <param name="Fires">Whether the condition holds.</param>
/// <param name="Holds">Whether it holds by the limit at which it ends.</param>
/// <param name="Value">What was judged, NaN where there is none.</param>
/// <param name="Limit">What it was compared with.</param>
/// <param name="Failures">What is known of the failures that it tells of, if it does.</param>
/// <param name="IsBrief">Whether it has not lasted for long enough to fire, however long the condition holds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LevelReading(EvaluationResult Fires, EvaluationResult Holds, double Value, double Limit, FailureReading? Failures = null, bool IsBrief = false);

/// <summary>What is known of the failures that a level tells of.</summary>
/// <param name="StartedAt">When they began.</param>
/// <param name="LastFailureAt">The last one.</param>
/// <param name="StoppedAt">The last one, where no more are to be expected; else <see langword="null"/>.</param>
/// <param name="ClearSince">Since when calls have succeeded again, where the level is over because of that, whatever its window holds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FailureReading(TimeSpan StartedAt, TimeSpan? LastFailureAt, TimeSpan? StoppedAt, TimeSpan? ClearSince);

/// <summary>What an evaluation says of a condition.</summary>
internal enum EvaluationResult
{
    /// <summary>Nothing can be said: the series are absent, the value is NaN, or there are too few calls to judge by.</summary>
    NoData,

    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It holds.</summary>
    True,
}
