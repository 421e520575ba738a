namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>How a rule is.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Active">How many alerts it has, pending or firing.</param>
/// <param name="Failures">How often in a row its evaluation has failed.</param>
/// <param name="Disabled">Why it is not evaluated, where it is not.</param>
internal sealed record RuleStatus(AlertRule Rule, int Active, int Failures, string? Disabled);
