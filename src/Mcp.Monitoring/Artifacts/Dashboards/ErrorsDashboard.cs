using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What fails, since when, and what it goes together with.</summary>
internal static class ErrorsDashboard
{
    public const string Uid = "mcp-error-analysis", OperationVariable = "operation";

    private const string TypeVariable = "error_type";

    private const string OfOperation = "operation=~\"$operation\"", OfType = "error_type=~\"$error_type\"";
    private const int Most = 10;
    private static readonly string[] ByOperation = Selectors.ByOperation, ByDependency = Selectors.ByDependency;
    private static readonly Selector Errors = Selector.Of(MetricNames.Errors.Name, OfType, OfOperation);

    public static Dashboard Of(DashboardSource source) => new(
        "errors", Uid, "error_analysis_dashboard.json",
        [
            Level(source),
            Operations(source),
            Correlation(source),
            Edges(source),
            SharedPanels.Breakers("errors.row.breakers", source),
        ])
    {
        Variables =
        [
            new(OperationVariable, "variable.operation", $"label_values({source.Query.Series(MetricNames.Errors)}, operation)", ".+"),
            new(TypeVariable, "variable.error_type", $"label_values({source.Query.Series(MetricNames.Errors)}, error_type)", ".+"),
        ],
    };

    private static Row Level(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        return new Row(
            "errors.row.level",
            Stat("errors.count", Units.Count, query.Total([], Errors)),
            Stat("errors.rate", Units.Events, query.Rate([], Errors)),
            Stat("errors.of_day_before", Units.Count, $"{query.Total([], Errors)} - {Query.Sum([], $"increase({query.Series(Errors)}[$__range] offset 1d)")}") with { IsSigned = true, Empty = Emptiness.NotMeasured },
            Stat("errors.failed", Units.Share, Query.Share(query.Rate([], Of(Selectors.ServerErrors)), query.Rate([], Of(Selectors.Answered)))) with
            {
                Empty = Emptiness.NoTraffic,
                Limits = [.. limits.Of("McpErrorTargetMissed"), .. limits.Of("McpErrorRatioHigh")],
            },
            SharedPanels.OpenBreakers("errors.open", source) with { Width = 4 },
            SharedPanels.FiringAlerts("errors.firing", source) with { Width = 4 },
            new Panel(
                "errors.now_and_before", PanelKind.TimeSeries, Units.Events,
                new Target(query.Rate([], Errors), "legend.now"),
                new Target(Query.Sum([], $"rate({query.Series(Errors)}[$__rate_interval] offset 1d)"), "legend.day_before"))
            {
                Empty = Emptiness.NoErrors,
            },
            Bars("errors.by_type", query.Steps(["error_type"], Errors), "{{error_type}}"),
            Bars("errors.by_outcome", query.Steps(["outcome"], Errors), "{{outcome}}"));
    }

    private static Row Operations(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        string[] all = ["operation_type", "operation", "error_type", "outcome", "dependency"];
        var onlyOperation = new CellLink("link.only", Uid, (OperationVariable, AlertLabels.Operation)) { Kept = [TypeVariable] };
        string top = $"{Query.Top(2 * Most, query.Total(ByOperation, Errors))} > 0";
        string kinds = $"{Query.Top(2 * Most, query.Total(all, Errors))} > 0";
        return new Row(
            "errors.row.operations",
            new Panel("errors.by_operation", PanelKind.TimeSeries, Units.Events, new Target(Query.Top(Most, query.Rate(ByOperation, Errors)), "{{operation_type}} {{operation}}"))
            {
                Width = 12,
                Empty = Emptiness.NoErrors,
            },
            new Panel(
                "errors.failed_by_operation", PanelKind.TimeSeries, Units.Share,
                new Target(Query.Top(Most, Query.Share(query.Rate(ByOperation, Of(Selectors.ServerErrors)), query.Rate(ByOperation, Of(Selectors.Answered)))), "{{operation_type}} {{operation}}"))
            {
                Width = 12,
                Limits = [.. limits.Of("McpToolErrors"), .. limits.Of("McpToolFailing", 2)],
            },
            new Panel(
                "errors.top", PanelKind.Table, Units.Count,
                Now(top),
                Now(Query.Where(query.Total(ByOperation, Of(Selectors.Calls)), ByOperation, top)),
                Now(Query.Where(Query.Share(query.Total(ByOperation, Of(Selectors.ServerErrors)), query.Total(ByOperation, Of(Selectors.Answered))), ByOperation, top)),
                Now(Query.Where(query.QuantileOfRange(0.95, ByOperation, Of(Selectors.Latency)), ByOperation, top)))
            {
                Width = 12,
                Height = 10,
                Empty = Emptiness.NoErrors,
                Columns =
                [
                    new("operation_type", "column.type") { Width = SharedPanels.TypeWidth },
                    new("operation", "column.operation") { Link = onlyOperation },
                    new("Value #A", "column.errors", Units.Count),
                    new("Value #B", "column.calls", Units.Count),
                    new("Value #C", "column.failed", Units.Share) { Limits = [.. limits.Of("McpToolErrors"), .. limits.Of("McpToolFailing", 2)] },
                    new("Value #D", "column.p95", Units.Seconds) { Limits = limits.Of("McpSlowOperations") },
                ],
            },
            new Panel(
                "errors.kinds", PanelKind.Table, Units.Count,
                Now(kinds),
                Now(Query.Where(query.Rate(all, Errors), all, kinds)))
            {
                Width = 12,
                Height = 10,
                Empty = Emptiness.NoErrors,
                Columns =
                [
                    new("operation_type", "column.type") { Width = SharedPanels.TypeWidth },
                    new("operation", "column.operation") { Link = onlyOperation },
                    new("error_type", "column.error_type") { Link = new CellLink("link.only_type", Uid, (TypeVariable, "error_type")) { Kept = [OperationVariable] } },
                    new("outcome", "column.outcome"),
                    new("dependency", "column.dependency"),
                    new("Value #A", "column.errors", Units.Count),
                    new("Value #B", "column.now", Units.Events),
                ],
            });
    }

    private static Row Correlation(DashboardSource source)
    {
        Query query = source.Query;
        string versions = $"max by (job, mcp_service, instance, version) ({query.Series(MetricNames.BuildInfo)})";
        return new Row(
            "errors.row.correlation",
            new Panel(
                "errors.together", PanelKind.TimeSeries, Units.Events,
                new Target(query.Rate([], Errors), "legend.errors"),
                new Target(query.Rate([], Selectors.IntegrationFailures), "legend.failed_calls"),
                new Target(query.Rate([], DependencyMetricNames.CircuitBreakerRejected), "legend.refused"),
                new Target($"sum({query.Max(ByDependency, DependencyMetricNames.CircuitBreakerState, "state=\"open\"")})", "legend.open") { Unit = Units.Count })
            {
                Width = 16,
                Empty = Emptiness.NoErrors,
            },
            new Panel(
                "errors.while", PanelKind.BarGauge, Units.Share,
                Now(While(source, $"{query.Max(["job", "mcp_service", "instance"], DependencyMetricNames.CircuitBreakerState, "state=\"open\"")} == 1"), "legend.while_open"),
                Now(While(source, $"{query.Min(["job", "mcp_service", "instance"], DependencyMetricNames.DependencyUp)} == 0"), "legend.while_down"),
                Now(While(source, $"time() - {query.Max(["job", "mcp_service", "instance"], MetricNames.StartTime)} < 900"), "legend.after_start"),
                Now(Query.Share(query.Total([], Errors.With("dependency!=\"none\"")), query.Total([], Errors)), "legend.of_dependencies"))
            {
                Max = 1,
                Empty = Emptiness.NoErrors,
            },
            new Panel("errors.by_dependency", PanelKind.Bars, Units.Count, new Target(query.Steps(ByDependency, Errors.With("dependency!=\"none\"")), "{{dependency}}"))
            {
                Width = 12,
                Empty = Emptiness.NoErrors,
            },
            new Panel(
                "errors.by_version", PanelKind.TimeSeries, Units.Events,
                new Target($"sum by (mcp_service, version) ({query.Rate(["job", "mcp_service", "instance"], Errors)} * on (job, mcp_service, instance) group_left (version) {versions})", "{{mcp_service}} {{version}}"))
            {
                Width = 12,
                Empty = Emptiness.NoErrors,
            });
    }

    // What never becomes an operation, or fails around it: the connection, HTTP, authentication.
    private static Row Edges(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        var http = Selector.Of(MetricNames.HttpRequestDuration.Name);
        string refusedByHttp = query.Rate([], MetricNames.Errors, "error_type=\"auth\"", "outcome=\"client_error\"", "operation_type=\"http\"");
        string Type(string type, string outcome) => query.Rate([], MetricNames.Errors, $"error_type=\"{type}\"", $"outcome=\"{outcome}\"");
        return new Row(
            "errors.row.edges",
            Share("errors.transport", Query.Share(Type("transport", "server_error"), query.Rate([], Selectors.Requests)), "legend.transport", limits.Of("McpTransportErrors")),
            Share("errors.http", Query.ShareOrZero(query.Rate(["route"], http.With("status_code=~\"5..\"")), query.Rate(["route"], http)), "{{route}}", limits.Of("McpHttpErrors")),
            Share("errors.auth_refused", Query.Share(Type("auth", "client_error"), $"({query.Rate([], Selectors.Requests)} + {refusedByHttp})"), "legend.auth_refused", limits.Of("McpAuthRefused")),
            Share("errors.auth_broken", Type("auth", "server_error"), "legend.auth_broken", limits.Of("McpAuthBroken")) with { Unit = Units.Events });

        static Panel Share(string key, string expr, string legend, IReadOnlyList<Limit> limits) => new(key, PanelKind.TimeSeries, Units.Share, new Target(expr, legend)) { Width = 6, Limits = limits };
    }

    // Of all errors, the share in those minutes in which their own process was so.
    private static string While(DashboardSource source, string condition)
    {
        string errors = Query.Sum(["job", "mcp_service", "instance"], $"increase({source.Query.Series(Errors)}[{source.FourScrapes}])");
        string Sum(string inner) => $"sum(sum_over_time(({inner})[$__range:{source.FourScrapes}]))";
        return Query.ShareOrZero(Sum($"{errors} and on (job, mcp_service, instance) ({condition})"), Sum(errors));
    }

    private static Selector Of(Selector selector) => selector.With(OfOperation);

    private static Panel Stat(string key, string unit, string expr) => SharedPanels.Stat(key, unit, expr) with { Width = 4, Empty = Emptiness.NoErrors };

    private static Panel Bars(string key, string expr, string legend) => new(key, PanelKind.Bars, Units.Count, new Target(expr, legend)) { Empty = Emptiness.NoErrors };

    private static Target Now(string expr, string legend = "") => new(expr, legend) { IsInstant = true };
}
