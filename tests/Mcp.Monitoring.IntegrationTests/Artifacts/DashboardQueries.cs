using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>What the dashboards ask Prometheus, read out of their files.</summary>
internal static class DashboardQueries
{
    // What Grafana fills in, as if all were chosen.
    private static readonly (string Variable, string Value)[] Filled =
    [
        ("$__rate_interval", "20s"), ("$__interval", "20s"), ("$__range", "10m"), ("$job", ".+"), ("$service", ".*"), ("$instance", ".+"), ("$operation", ".+"), ("$error_type", ".+"),
    ];

    /// <summary>Gets the files of the dashboards with the usual settings.</summary>
    public static IReadOnlyList<Artifact> Files(AlertLanguage language = AlertLanguage.En) =>
    [
        .. DashboardArtifacts.Of(new ArtifactInputs
        {
            Options = new ArtifactOptions { Language = language },
            Rules = RuleCatalogue.Build(new ThresholdOptions(), []),
            Objectives = SloDefinitions.Of(new AlertOptions(), new ThresholdOptions()),
        }).Where(file => file.Path.EndsWith(".json", StringComparison.Ordinal)),
    ];

    /// <summary>Gets all queries of panels and annotations.</summary>
    public static IReadOnlyList<DashboardQuery> Of(IEnumerable<Artifact> files) => [.. files.SelectMany(Of)];

    /// <summary>Fills in the variables.</summary>
    public static string Fill(string expr) => Filled.Aggregate(expr, (text, filled) => text.Replace(filled.Variable, filled.Value, StringComparison.Ordinal));

    private static IEnumerable<DashboardQuery> Of(Artifact file)
    {
        using var json = JsonDocument.Parse(file.Text);
        JsonElement dashboard = json.RootElement;
        string name = dashboard.GetProperty("title").GetString()!;
        IEnumerable<JsonElement> panels = dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => (JsonElement[])[panel, .. panel.TryGetProperty("panels", out JsonElement inside) ? inside.EnumerateArray() : []]);
        return
        [
            .. from panel in panels
               where panel.TryGetProperty("targets", out _)
               from target in panel.GetProperty("targets").EnumerateArray()
               select new DashboardQuery(name, Text(panel, "title"), Text(target, "expr"), target.GetProperty("range").GetBoolean(), Text(target, "legendFormat")),
            .. from annotation in dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray()
               where annotation.TryGetProperty("expr", out _)
               select new DashboardQuery(name, Text(annotation, "name"), Text(annotation, "expr"), IsRange: true, Text(annotation, "titleFormat")),
        ];
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}

/// <summary>A query of a dashboard.</summary>
/// <param name="Dashboard">The title of the dashboard.</param>
/// <param name="Panel">The title of the panel, or the name of the annotation.</param>
/// <param name="Expr">What is asked, with the variables of Grafana.</param>
/// <param name="IsRange">Whether it is asked for a time, and not for its end only.</param>
/// <param name="Legend">How its series are named.</param>
internal sealed record DashboardQuery(string Dashboard, string Panel, string Expr, bool IsRange, string Legend);
