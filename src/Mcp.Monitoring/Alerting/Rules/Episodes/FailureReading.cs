using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>What is known of the failures that a level tells of.</summary>
/// <param name="StartedAt">When they began.</param>
/// <param name="LastFailureAt">The last one.</param>
/// <param name="StoppedAt">The last one, where no more are to be expected; else <see langword="null"/>.</param>
/// <param name="ClearSince">Since when calls have succeeded again, where the level is over because of that, whatever its window holds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FailureReading(TimeSpan StartedAt, TimeSpan? LastFailureAt, TimeSpan? StoppedAt, TimeSpan? ClearSince);
