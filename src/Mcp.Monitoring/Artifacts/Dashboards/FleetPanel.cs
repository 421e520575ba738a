using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>All services of the data source in one table, whatever the variables say.</summary>
internal static class FleetPanel
{
    private static readonly string[] ByService = ["job", "mcp_service"];

    public static Row Row(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        string Rate(Selector selector) => Query.Sum(ByService, Query.Rate(query.OfAll(selector)));
        string buckets = Query.Rate(query.OfAll(Selectors.Latency, "_bucket"));
        string breakers = query.OfAll(DependencyMetricNames.CircuitBreakerState, "state=\"open\"");
        return new Row(
            "overview.row.fleet",
            new Panel(
                "fleet.services", PanelKind.Table, Units.Count,
                Now($"count by (job, mcp_service, version) ({query.OfAll(MetricNames.BuildInfo)})"),
                Now(Rate(Selectors.Requests)),
                Now(Query.Share(Rate(Selectors.ServerErrors), Rate(Selectors.Answered))),
                Now(Query.Quantile(0.95, ByService, buckets)),
                Now($"sum by (job, mcp_service) (max by (job, mcp_service, dependency) ({breakers}))"),
                Now($"count by (job, mcp_service) ({SharedPanels.FiringAnywhere(source)})"))
            {
                Width = 24,
                Height = 10,
                Columns =
                [
                    new("job", "column.job"),
                    new("mcp_service", "column.service") { Link = new CellLink("link.overview_of", OverviewDashboard.Uid, ("job", "job"), ("service", "mcp_service")) },
                    new("version", "column.version"),
                    new("Value #A", "column.instances", Units.Count),
                    new("Value #B", "column.rate", Units.Requests),
                    new("Value #C", "column.failed", Units.Share) { Limits = [.. limits.Of("McpErrorTargetMissed"), .. limits.Of("McpErrorRatioHigh")] },
                    new("Value #D", "column.p95", Units.Seconds) { Limits = limits.Of("McpLatencyTargetMissed") },
                    new("Value #E", "column.open_breakers", Units.Count) { Limits = limits.Of("McpCircuitBreakerOpen") },
                    new("Value #F", "column.alerts", Units.Count),
                ],
            });
    }

    private static Target Now(string expr) => new(expr) { IsInstant = true };
}
