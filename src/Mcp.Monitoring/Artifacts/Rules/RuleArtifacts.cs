using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>The files of rules: alerts by how soon somebody must act, error budgets, and what is recorded for them.</summary>
internal static class RuleArtifacts
{
    public const string Critical = "alerts/critical_alerts.yaml", MediumAndLow = "alerts/medium_and_low_alerts.yaml", Slo = "alerts/slo_alerts.yaml", Recording = "alerts/recording_rules.yaml";

    private const string Operator = "alerts/prometheusrule.example.yaml";

    /// <summary>Gets the files of rules, relative to the folder in which they are.</summary>
    public static IReadOnlyList<string> Files { get; } = [Critical, MediumAndLow, Slo, Recording];

    public static IEnumerable<Artifact> Of(ArtifactInputs inputs)
    {
        (string Path, RuleGroup Group)[] files = [.. Groups(inputs)];
        return
        [
            .. files.Select(file => new Artifact(file.Path, RuleYaml.File(file.Group))),
            new Artifact(Operator, RuleYaml.PrometheusRule("mcp-monitoring", [.. files.Select(file => file.Group)])),
        ];
    }

    /// <summary>Gets the groups and the files in which they are.</summary>
    public static IEnumerable<(string Path, RuleGroup Group)> Groups(ArtifactInputs inputs)
    {
        var alerts = new ExportedAlerts(inputs);
        yield return (Critical, Group("mcp-critical", alert => !alert.IsOfBudget && alert.Level.Severity >= AlertSeverity.High));
        yield return (MediumAndLow, Group("mcp-medium-and-low", alert => !alert.IsOfBudget && alert.Level.Severity < AlertSeverity.High));
        yield return (Slo, Group("mcp-slo", alert => alert.IsOfBudget));
        yield return (Recording, new RuleGroup(
            "mcp-recording",
            [
                .. alerts.Recorded.All.Select(record => new ExportedRule(record.Key, record.Value) { IsRecorded = true }),
                .. BudgetRecordings.Of(alerts.Format, alerts.Recorded),
            ]));

        RuleGroup Group(string name, Func<ExportedAlert, bool> isIn) => new(name, [.. alerts.All.Where(isIn).Select(alert => alert.Exported)]);
    }
}
