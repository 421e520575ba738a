using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.Artifacts.Runbooks;

namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>A query as it is sent.</summary>
/// <param name="Name">What asks it.</param>
/// <param name="Expr">The query.</param>
/// <param name="IsRange">Whether it is asked for a time, and not for its end only.</param>
/// <param name="Legend">How its series are named, where they are.</param>
internal sealed partial record LiveQuery(string Name, string Expr, bool IsRange, string Legend = "")
{
    /// <summary>Gets the labels that name its series.</summary>
    public IEnumerable<string> LegendLabels => Label().Matches(Legend).Select(label => label.Groups["name"].Value);

    /// <summary>Gets the queries of panels and annotations, by dashboard, title and, where a panel has several, their legend.</summary>
    public static IReadOnlyList<LiveQuery> OfDashboards(IEnumerable<Artifact> files) =>
    [
        .. from query in DashboardQueries.Of(Dashboards(files))
           select new LiveQuery($"{query.Dashboard} / {query.Panel} / {query.Legend}", DashboardQueries.Fill(query.Expr), query.IsRange, query.Legend),
    ];

    /// <summary>Gets the queries that runbooks name.</summary>
    public static IReadOnlyList<LiveQuery> OfRunbooks(string prefix)
    {
        var names = new PrefixedNames(prefix);
        return [.. RunbookTexts.Names.Select(name => new LiveQuery(name, names.In(string.Join('\n', RunbookTexts.Query(name))), IsRange: false))];
    }

    /// <summary>Gets the expressions of all alerts.</summary>
    public static IReadOnlyList<LiveQuery> OfAlerts(ArtifactInputs inputs) =>
        [.. new ExportedAlerts(inputs).All.Select(alert => new LiveQuery(NameOf(alert), alert.Exported.Expression, IsRange: true))];

    /// <summary>Gets what all alerts judge, without the limits; failures in a row are a condition themselves.</summary>
    public static IReadOnlyList<LiveQuery> OfAlertValues(ArtifactInputs inputs)
    {
        var alerts = new ExportedAlerts(inputs);
        return [.. alerts.All.Where(alert => alert.Level.Streak is null).Select(alert => new LiveQuery(NameOf(alert), alert.Level.Value.ToPromQL(Format(alert)), IsRange: true))];

        PromQLFormat Format(ExportedAlert alert) =>
            alerts.Format with { By = [.. alerts.Format.Service, .. alert.Rule.IsPerInstance ? ["instance"] : Array.Empty<string>(), .. alert.Rule.By] };
    }

    /// <summary>Gets the files that are dashboards.</summary>
    public static IEnumerable<Artifact> Dashboards(IEnumerable<Artifact> files) => files.Where(file => file.Path.EndsWith(".json", StringComparison.Ordinal));

    private static string NameOf(ExportedAlert alert) => $"{alert.Rule.Name} {alert.Level.Severity.Label()} {alert.Level.Name}";

    [GeneratedRegex(@"\{\{(?<name>[a-z_]+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
