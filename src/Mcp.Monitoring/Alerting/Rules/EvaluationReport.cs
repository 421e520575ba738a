using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What one evaluation was like.</summary>
/// <param name="Rules">How many rules were evaluated.</param>
/// <param name="Failed">How many of them failed; they stay as they are.</param>
/// <param name="Active">How many alerts are pending or firing.</param>
/// <param name="Truncated">How many alerts did not come to be because their rule has as many as it may.</param>
/// <param name="Gap">The time before it in which nobody looked; zero in normal times.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EvaluationReport(int Rules, int Failed, int Active, int Truncated, TimeSpan Gap);
