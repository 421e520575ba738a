using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes what is shown of rules.</summary>
internal static class RuleViews
{
    /// <summary>Lists them, what fires first.</summary>
    /// <param name="rules">How they stood.</param>
    /// <param name="prefix">How the names of our metrics begin for users.</param>
    public static IReadOnlyList<RuleView> Of(IEnumerable<RuleReading> rules, string prefix) =>
        [.. rules.Select(rule => Of(rule, prefix)).OrderBy(rule => Array.IndexOf(Order, rule.State))];

    private static readonly string[] Order = ["firing", "failing", "pending", "ok", "no_data", "disabled"];

    private static RuleView Of(RuleReading reading, string prefix) => new()
    {
        Name = reading.Status.Rule.Name,
        State = StateOf(reading),
        By = reading.Status.Rule.By,
        Levels = [.. reading.Levels.Select(level => Of(level, reading.Status.Rule, prefix))],
        Active = reading.Status.Active,
        Problem = reading.Status.Disabled,
    };

    private static string StateOf(RuleReading reading) => reading switch
    {
        { Status.Disabled: not null } => "disabled",
        { Status.Failures: > 0 } => "failing",
        { IsFiring: true } => "firing",
        { Status.Active: > 0 } => "pending",
        _ => reading.Levels.All(level => double.IsNaN(level.Value)) ? "no_data" : "ok",
    };

    private static RuleLevelView Of(RuleLevelReading reading, AlertRule rule, string prefix) => new()
    {
        Severity = reading.Level.Severity.Label(),
        Condition = reading.Level.Condition.ToPromQL(new PromQLFormat(rule.By) { Prefix = prefix }),
        Value = Known(reading.Value),
        Limit = Known(reading.Limit),
        Unit = AlertPartViews.Word(reading.Level.Value.Unit),
        For = reading.Level.For.TotalSeconds,
        FiresIn = reading.FiresIn?.TotalSeconds,
    };

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
