namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>Which calls fail and which succeed; others say nothing.</summary>
/// <param name="Failures">Those that fail.</param>
/// <param name="Successes">Those that succeed.</param>
/// <param name="MoreFailures">Failures of another metric.</param>
internal sealed record CallOutcomes(Selector Failures, Selector Successes, Selector? MoreFailures = null);
