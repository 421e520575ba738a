using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts.Examples;

namespace Mcp.Monitoring.Tests.Artifacts.Examples;

/// <summary>What mutes what in Alertmanager, against the order by which the process itself judges.</summary>
public class InhibitionTests
{
    private static readonly string[] Dependencies = ["1c", "crm"], MaybeDependency = ["1c", ""], Operations = ["get_order", "get_stock"], MaybeOperation = ["get_order", ""], Neither = [""];

    private const string Folder = "tests/Mcp.Monitoring.Tests/Artifacts/Examples";

    private static readonly IReadOnlyList<AlertRule> Rules = RuleCatalogue.Build(new ThresholdOptions(), []);

    private static readonly IReadOnlyList<Inhibition> All = [.. new Inhibitions(Rules).All.SelectMany(part => part.Rules)];

    [Fact]
    public void Inhibitions_are_those_that_were_read() => GoldenFile.Check($"{Folder}/Inhibitions.txt", new Inhibitions(Rules).All.SelectMany(part => part.Rules.Select(Line).Prepend(part.Heading)));

    [Fact]
    public void Every_name_and_severity_is_of_an_alert_that_exists()
    {
        string[] names = [.. RuleCatalogue.Names, "McpIntegrationRaised"];
        string[] severities = [.. Enum.GetValues<AlertSeverity>().Select(severity => severity.Label())];

        Assert.All(All.SelectMany(inhibition => inhibition.Source.Names.Concat(inhibition.Target.Names)), name => Assert.Contains(name, names));
        Assert.All(All.SelectMany(inhibition => inhibition.Source.Severities.Concat(inhibition.Target.Severities)), severity => Assert.Contains(severity, severities));
    }

    [Fact]
    public void No_alert_is_on_both_sides_of_an_entry()
    {
        // Alertmanager mutes no alert that is on both by another that is.
        Assert.All(All, inhibition => Assert.True(
            !inhibition.Source.Names.Intersect(inhibition.Target.Names, StringComparer.Ordinal).Any()
            || (inhibition.Source.Severities.Count > 0 && inhibition.Target.Severities.Count > 0 && !inhibition.Source.Severities.Intersect(inhibition.Target.Severities).Any())));
    }

    [Fact]
    public void What_mutes_by_a_dependency_or_an_operation_asks_for_one()
    {
        // A label that both lack is equal.
        Assert.All(All.Where(inhibition => !inhibition.Equal.Contains("alertname")), inhibition =>
        {
            Assert.Equal(inhibition.Equal.Contains("dependency"), inhibition.Target.Matchers.Contains("dependency!=\"\""));
            Assert.Equal(inhibition.Equal.Contains("operation"), inhibition.Target.Matchers.Contains("operation!=\"\""));
        });
        Assert.All(All, inhibition => Assert.Equal(["job", "mcp_service", "instance"], inhibition.Equal.Where(label => label is "job" or "mcp_service" or "instance")));
    }

    /// <summary>Every pair of alerts, of each severity, about each that they can be about: muted where the process finds that one explains the other, and otherwise told.
    /// What Alertmanager leaves: a cause of medium or less mutes nothing more severe, nor does what is about the whole service and only lays it to a dependency.</summary>
    [Fact]
    public void Alerts_are_muted_where_the_process_finds_them_explained_and_nowhere_else()
    {
        string[] wrong =
        [
            .. from cause in Samples()
               from consequence in Samples()
               where cause.Rule != consequence.Rule
               let isExplained = CauseOrder.Explains(cause, consequence)
               let isLeft = OnlyLaysItToADependency(cause) || (cause.Severity < consequence.Severity && (cause.Severity < AlertSeverity.High || !IsNamed(cause)))
               let isMuted = All.Any(inhibition => Mutes(inhibition, cause, consequence))
               where isMuted ? !isExplained : isExplained && !isLeft
               select $"{cause.Severity} {cause.Labels} {(isExplained ? "must mute" : "must not mute")} {consequence.Severity} {consequence.Labels}",
        ];

        Assert.Empty(wrong);
    }

    [Fact]
    public void Severities_that_the_user_has_set_count()
    {
        IReadOnlyList<AlertRule> changed = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "McpIntegrationDown", Severity = AlertSeverity.Medium }]);

        Assert.DoesNotContain(
            new Inhibitions(changed).All.SelectMany(part => part.Rules),
            inhibition => inhibition.Source.Names.Contains("McpIntegrationDown") && inhibition.Target.Names.Contains("McpIntegrationErrors"));
        Assert.Contains(All, inhibition => inhibition.Source.Names.Contains("McpIntegrationDown") && inhibition.Target.Names.Contains("McpIntegrationErrors"));
    }

    private static bool OnlyLaysItToADependency(ActiveAlert alert) => alert.Labels.ContainsKey(AlertLabels.Dependency) && !alert.Labels.ContainsKey(AlertLabels.Operation)
        && !RankedAlert.All(Rules).Single(known => known.Name == alert.Rule).IsOfDependency;

    private static bool IsNamed(ActiveAlert alert) => alert.Labels.ContainsKey(AlertLabels.Dependency) || alert.Labels.ContainsKey(AlertLabels.Operation);

    private static IEnumerable<ActiveAlert> Samples() =>
        from alert in RankedAlert.All(Rules)
        from severity in alert.Severities
        from dependency in alert.IsOfDependency ? Dependencies : alert.MayNameDependency ? MaybeDependency : Neither
        from operation in alert.MayNameOperation && alert.MayBeOfService ? MaybeOperation : alert.MayNameOperation ? Operations : Neither
        select Alert(alert.Name, severity, dependency, operation);

    private static ActiveAlert Alert(string rule, AlertSeverity severity, string dependency, string operation)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = rule, ["mcp_service"] = "orders-mcp" };
        if (dependency.Length > 0)
        {
            labels["dependency"] = dependency;
        }

        if (operation.Length > 0)
        {
            labels["operation_type"] = "tools";
            labels["operation"] = operation;
        }

        return new ActiveAlert(rule, new AlertLabels(labels)) { Severity = severity };
    }

    private static bool Mutes(Inhibition inhibition, ActiveAlert cause, ActiveAlert consequence) =>
        Selects(inhibition.Source, cause) && Selects(inhibition.Target, consequence) && inhibition.Equal.All(label => cause.Labels[label] == consequence.Labels[label]);

    private static bool Selects(AlertSelector selector, ActiveAlert alert) =>
        (selector.Names.Count == 0 || selector.Names.Contains(alert.Rule, StringComparer.Ordinal))
        && (selector.Severities.Count == 0 || selector.Severities.Contains(alert.Severity.Label(), StringComparer.Ordinal))
        && selector.Matchers.All(matcher => alert.Labels.ContainsKey(matcher[..matcher.IndexOfAny(['!', '='])]) == matcher.Contains('!', StringComparison.Ordinal));

    private static string Line(Inhibition inhibition) =>
        $"  {string.Join(", ", inhibition.Source.All)}\n    mutes {string.Join(", ", inhibition.Target.All)}\n    of the same {string.Join(", ", inhibition.Equal)}";
}
