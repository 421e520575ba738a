using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>What an evaluation found for one level of an instance.</summary>
/// <param name="Fires">Whether the condition holds.</param>
/// <param name="Holds">Whether it holds by the limit at which it ends.</param>
/// <param name="Value">What was judged, NaN where there is none.</param>
/// <param name="Limit">What it was compared with.</param>
/// <param name="Failures">What is known of the failures that it tells of, if it does.</param>
/// <param name="IsBrief">Whether it has not lasted for long enough to fire, however long the condition holds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LevelReading(EvaluationResult Fires, EvaluationResult Holds, double Value, double Limit, FailureReading? Failures = null, bool IsBrief = false);
