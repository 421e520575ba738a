using System.Text.Json.Nodes;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What is marked in all panels with a time: alerts, restarts and deployments.</summary>
internal static class DashboardAnnotations
{
    private const string Urgent = "critical|high";

    public static JsonArray Of(DashboardSource source, DashboardTexts texts) => new(
        BuiltIn(),
        Of(texts["annotation.alerts"], Palette.Bad, SharedPanels.Firing(source, Urgent), "{{alertname}} {{mcp_service}}", "severity"),
        Of(texts["annotation.restarts"], Palette.Serious, Restarts(source), "{{mcp_service}} {{instance}}", "instance"),
        Of(texts["annotation.deployments"], "purple", Deployments(source), "{{mcp_service}} {{version}}", "version"));

    private static string Restarts(DashboardSource source) => $"changes({source.Query.Series(MetricNames.StartTime)}[{source.FourScrapes}]) > 0";

    // A version that was not there before, of a service that was; for an hour it may have been away.
    private static string Deployments(DashboardSource source)
    {
        string build = source.Query.Series(MetricNames.BuildInfo);
        string By(string labels, string series) => $"max by ({labels}) ({series})";
        return $"{By("job, mcp_service, version", build)} "
            + $"unless on (job, mcp_service, version) {By("job, mcp_service, version", $"{build} offset {source.FourScrapes}")} "
            + $"and on (job, mcp_service) {By("job, mcp_service", $"last_over_time({build}[1h] offset {source.FourScrapes})")}";
    }

    private static JsonObject BuiltIn() => new JsonObject
    {
        ["builtIn"] = 1,
        ["datasource"] = new JsonObject { ["type"] = "grafana", ["uid"] = "-- Grafana --" },
        ["enable"] = true,
        ["hide"] = true,
        ["iconColor"] = "rgba(0, 211, 255, 1)",
        ["name"] = "Annotations & Alerts",
        ["type"] = "dashboard",
    };

    private static JsonObject Of(string name, string color, string expr, string title, string tags) => new JsonObject
    {
        ["datasource"] = DashboardVariables.Chosen(),
        ["enable"] = true,
        ["expr"] = expr,
        ["hide"] = false,
        ["iconColor"] = color,
        ["name"] = name,
        ["step"] = "60s",
        ["tagKeys"] = tags,
        ["titleFormat"] = title,
    };
}
