using Mcp.Monitoring.Artifacts.Dashboards;

namespace Mcp.Monitoring.Artifacts;

/// <summary>The dashboards of Grafana, and the files that let it find them.</summary>
internal static class DashboardArtifacts
{
    private const string Folder = "dashboards/";

    public static IEnumerable<Artifact> Of(ArtifactInputs inputs)
    {
        var texts = new DashboardTexts(inputs.Options.Language);
        DashboardSource source = SourceOf(inputs);
        Dashboard[] dashboards = All(source);
        var json = new DashboardJson(source, texts, dashboards);
        return
        [
            .. dashboards.Select(dashboard => new Artifact(Folder + dashboard.File, json.Write(dashboard))),
            new Artifact(Folder + "grafana_mcp_overview.yaml", Provisioning.Dashboards(texts)),
            new Artifact(Folder + "grafana_datasource.example.yaml", Provisioning.DataSource(texts, inputs.Options.ScrapeInterval)),
        ];
    }

    /// <summary>Gets the dashboards as data.</summary>
    public static Dashboard[] All(ArtifactInputs inputs) => All(SourceOf(inputs));

    private static DashboardSource SourceOf(ArtifactInputs inputs) => new(inputs.Prefix, inputs.Rules, inputs.Objectives, inputs.Options.ScrapeInterval);

    private static Dashboard[] All(DashboardSource source) => [OverviewDashboard.Of(source), ErrorsDashboard.Of(source), AgentsDashboard.Of(source)];
}
