using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Tools, resources and prompts, each on its own.</summary>
internal static class OperationPanels
{
    private const int Most = 10;

    // Called or not: every operation has a row.
    private static readonly string[] ByOperation = Selectors.ByOperation;

    public static Row Row(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        return new Row(
            "overview.row.operations",
            Table(source),
            new Panel("overview.busiest", PanelKind.TimeSeries, Units.Requests, new Target(Query.Top(Most, query.Rate(ByOperation, Selectors.Calls)), "{{operation}}")) { Width = 12 },
            new Panel("overview.slowest", PanelKind.TimeSeries, Units.Seconds, new Target(Query.Top(Most, query.Quantile(0.95, ByOperation, Selectors.Latency)), "{{operation}}") { HasExemplars = true })
            {
                Width = 12,
                Limits = limits.Of("McpSlowOperations"),
            });
    }

    private static Panel Table(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        var link = new CellLink("link.errors_of", ErrorsDashboard.Uid, (ErrorsDashboard.OperationVariable, AlertLabels.Operation));
        return new Panel(
            "overview.operations", PanelKind.Table, Units.Count,
            Now(query.Max(["operation_type", "operation", "owner"], MetricNames.OperationInfo, Root.Types)),
            Now(query.Total(ByOperation, Selectors.Calls)),
            Now(Query.Share(query.Total(ByOperation, Selectors.ServerErrors), query.Total(ByOperation, Selectors.Answered))),
            Now(query.QuantileOfRange(0.95, ByOperation, Selectors.Latency)),
            Now(query.QuantileOfRange(0.99, ByOperation, Selectors.Latency)),
            Now($"time() - {query.Max(ByOperation, MetricNames.OperationLastSuccess, Root.Types)}"))
        {
            Width = 24,
            Height = 10,
            Columns =
            [
                new("operation_type", "column.type") { Width = SharedPanels.TypeWidth },
                new("operation", "column.operation") { Link = link },
                new("owner", "column.owner"),
                new("Value #B", "column.calls", Units.Count),
                new("Value #C", "column.failed", Units.Share) { Limits = [.. limits.Of("McpToolErrors"), .. limits.Of("McpToolFailing", 2)] },
                new("Value #D", "column.p95", Units.Seconds) { Limits = limits.Of("McpSlowOperations") },
                new("Value #E", "column.p99", Units.Seconds),
                new("Value #F", "column.last_success", Units.Seconds),
            ],
        };
    }

    private static Target Now(string expr) => new(expr) { IsInstant = true };
}
