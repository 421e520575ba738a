using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Who calls, and how well agents get along with the tools.</summary>
internal static class AgentsDashboard
{
    public const string Uid = "mcp-agents";

    private const int Most = 10;
    private const string ClientErrors = "outcome=\"client_error\"";
    private static readonly string[] ByOperation = Selectors.ByOperation, ByClient = ["client"], ByClientAndVersion = ["client", "protocol_version"], ByInstance = ["instance"];
    private static readonly Selector Clients = Selector.Of(MetricNames.RequestsByClient.Name);
    private static readonly Selector Refused = Selector.Of(MetricNames.Errors.Name, Root.Types, "error_type=\"validation\"");
    private static readonly Selector Unknown = Selector.Of(MetricNames.UnknownOperations.Name, Root.Types);

    public static Dashboard Of(DashboardSource source) => new("agents", Uid, "agents_dashboard.json", [Summary(source), WhoCalls(source), Mistakes(source), Waits(source), Sessions(source)]);

    private static Row Summary(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        return new Row(
            "agents.row.summary",
            Stat("agents.clients", Units.Count, $"count({query.Total(ByClient, Clients)} > 0)"),
            Stat("agents.requests", Units.Count, query.Total([], Clients)),
            Stat("agents.client_errors", Units.Share, Query.Share(query.Total([], Clients.With(ClientErrors)), query.Total([], Clients))),
            Stat("agents.unknown_share", Units.Share, Query.Share(query.Total([], Unknown), query.Total([], Selectors.Calls))) with { Limits = limits.Of("McpToolsVanished") },
            Stat("agents.sessions", Units.Count, query.Sum([], MetricNames.Sessions)) with { Empty = Emptiness.NotMeasured },
            Stat("agents.streams", Units.Count, query.Sum([], MetricNames.Streams)) with { Empty = Emptiness.NotMeasured });
    }

    private static Row WhoCalls(DashboardSource source)
    {
        Query query = source.Query;
        return new Row(
            "agents.row.clients",
            new Panel("agents.by_client", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(ByClient, Clients), "{{client}}")) { IsStacked = true },
            new Panel("agents.by_version", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(["protocol_version"], Clients), "{{protocol_version}}")) { IsStacked = true },
            new Panel("agents.by_outcome", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(["outcome"], Clients), "{{outcome}}")) { IsStacked = true },
            new Panel(
                "agents.table", PanelKind.Table, Units.Count,
                Now($"{query.Total(ByClientAndVersion, Clients)} > 0"),
                Now(Query.Share(query.Total(ByClientAndVersion, Clients.With(ClientErrors)), query.Total(ByClientAndVersion, Clients))),
                Now(Query.Share(query.Total(ByClientAndVersion, Clients.With("outcome=\"server_error\"")), query.Total(ByClientAndVersion, Clients))),
                Now(Query.Share(query.Total(ByClientAndVersion, Clients.With("outcome=\"cancelled\"")), query.Total(ByClientAndVersion, Clients))))
            {
                Width = 24,
                Columns =
                [
                    new("client", "column.client"),
                    new("protocol_version", "column.protocol"),
                    new("Value #A", "column.requests", Units.Count),
                    new("Value #B", "column.client_errors", Units.Share),
                    new("Value #C", "column.failed", Units.Share),
                    new("Value #D", "column.cancelled", Units.Share),
                ],
            });
    }

    private static Row Mistakes(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        string top = $"{Query.Top(2 * Most, query.Total(ByOperation, Selectors.ClientErrors))} > 0";
        return new Row(
            "agents.row.mistakes",
            new Panel("agents.unknown", PanelKind.Bars, Units.Count, new Target(query.Steps(["operation_type"], MetricNames.UnknownOperations), "{{operation_type}}")) { Empty = Emptiness.NoErrors },
            new Panel("agents.refused_share", PanelKind.TimeSeries, Units.Share, new Target(Query.Share(query.Rate([], Refused), query.Rate([], Selectors.Calls)), "legend.refused_arguments"))
            {
                Limits = limits.Of("McpValidationErrors"),
            },
            new Panel("agents.refused", PanelKind.TimeSeries, Units.Events, new Target(Query.Top(Most, query.Rate(ByOperation, Refused)), "{{operation}}")) { Empty = Emptiness.NoErrors },
            new Panel("agents.errors_by_operation", PanelKind.TimeSeries, Units.Events, new Target(Query.Top(Most, query.Rate(ByOperation, Selectors.ClientErrors)), "{{operation}}"))
            {
                Width = 12,
                Empty = Emptiness.NoErrors,
            },
            new Panel("agents.errors_by_client", PanelKind.TimeSeries, Units.Events, new Target(query.Rate(ByClient, Clients.With(ClientErrors)), "{{client}}")) { Width = 12, Empty = Emptiness.NoErrors },
            new Panel(
                "agents.mistakes", PanelKind.Table, Units.Count,
                Now(top),
                Now(Query.Where(Query.Share(query.Total(ByOperation, Selectors.ClientErrors), query.Total(ByOperation, Selectors.Calls)), ByOperation, top)),
                Now(Query.Where(query.Total(ByOperation, Refused), ByOperation, top)))
            {
                Width = 24,
                Empty = Emptiness.NoErrors,
                Columns =
                [
                    new("operation_type", "column.type") { Width = SharedPanels.TypeWidth },
                    new("operation", "column.operation") { Link = new CellLink("link.errors_of", ErrorsDashboard.Uid, (ErrorsDashboard.OperationVariable, "operation")) },
                    new("Value #A", "column.client_errors_count", Units.Count),
                    new("Value #B", "column.of_calls", Units.Share),
                    new("Value #C", "column.refused_arguments", Units.Count),
                ],
            });
    }

    private static Row Waits(DashboardSource source)
    {
        Query query = source.Query;
        return new Row(
            "agents.row.waits",
            new Panel("agents.waits", PanelKind.TimeSeries, Units.Events, new Target(query.Rate(["operation"], MetricNames.OperationWait), "{{operation}}")) { Empty = Emptiness.Nothing },
            new Panel(
                "agents.wait_time", PanelKind.TimeSeries, Units.Seconds,
                new Target(query.Quantile(0.5, [], MetricNames.OperationWait), "p50"),
                new Target(query.Quantile(0.95, [], MetricNames.OperationWait), "p95"))
            {
                Empty = Emptiness.Nothing,
            },
            new Panel(
                "agents.given_up", PanelKind.TimeSeries, Units.Events,
                new Target(query.Rate(["outcome"], Selectors.Calls.With("outcome=~\"cancelled|input_required\"")), "{{outcome}}")));
    }

    private static Row Sessions(DashboardSource source)
    {
        Query query = source.Query;
        return new Row(
            "agents.row.sessions",
            new Panel("agents.sessions_by_instance", PanelKind.TimeSeries, Units.Count, new Target(query.Sum(ByInstance, MetricNames.Sessions), "{{instance}}")) { IsStacked = true, Empty = Emptiness.NotMeasured },
            new Panel("agents.streams_by_instance", PanelKind.TimeSeries, Units.Count, new Target(query.Sum(ByInstance, MetricNames.Streams), "{{instance}}")) { IsStacked = true, Empty = Emptiness.NotMeasured },
            new Panel("agents.protocol", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(["operation"], MetricNames.Operations, "operation_type=~\"protocol|completion\""), "{{operation}}")));
    }

    private static Panel Stat(string key, string unit, string expr) => SharedPanels.Stat(key, unit, expr) with { Width = 4 };

    private static Target Now(string expr) => new(expr) { IsInstant = true };
}
