using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>How the services do: what their callers see first, then what it rests on.</summary>
internal static class OverviewDashboard
{
    public const string Uid = "mcp-overview";

    private const string Http = "operation_type!~\"function|http\"";
    private static readonly string[] ByInstance = ["instance"], ByType = ["operation_type"];

    public static Dashboard Of(DashboardSource source) => new(
        "overview", Uid, "example_dashboard.json",
        [
            Status(source),
            Load(source),
            Latency(source),
            Errors(source),
            Budgets(source),
            SharedPanels.Breakers("overview.row.breakers", source),
            OperationPanels.Row(source),
            DependencyPanels.Dependencies(source),
            DependencyPanels.Storage(source),
            ProcessPanels.Process(source),
            ProcessPanels.Monitoring(source),
            FleetPanel.Row(source),
        ]);

    private static Row Status(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        return new Row(
            "overview.row.status",
            SharedPanels.Stat("overview.up", Units.None, $"min(up{{job=~\"$job\", instance=~\"$instance\"}} and on (job, instance) last_over_time({query.Series(MetricNames.BuildInfo)}[$__range]))") with
            {
                Empty = Emptiness.NotMeasured,
                Mappings = SharedPanels.UpOrDown,
            },
            SharedPanels.Stat("overview.health", Units.None, $"max({query.Series(MetricNames.HealthCheckStatus, "status=\"degraded\"")} or 2 * {query.Series(MetricNames.HealthCheckStatus, "status=\"unhealthy\"")})") with
            {
                Empty = Emptiness.NotMeasured,
                Mappings = [new(0, "word.healthy", Palette.Good), new(1, "word.degraded", Palette.Warning), new(2, "word.unhealthy", Palette.Bad)],
            },
            SharedPanels.Stat("overview.requests", Units.Count, query.Total([], Selectors.Requests)),
            SharedPanels.Stat("overview.rate", Units.Requests, query.Rate([], Selectors.Requests)),
            SharedPanels.Stat("overview.failed", Units.Share, Query.Share(query.Rate([], Selectors.ServerErrors), query.Rate([], Selectors.Answered))) with
            {
                Limits = [.. limits.Of("McpErrorTargetMissed"), .. limits.Of("McpErrorRatioHigh")],
            },
            SharedPanels.Stat("overview.p95", Units.Seconds, query.Quantile(0.95, [], Selectors.Latency)) with { Limits = limits.Of("McpLatencyTargetMissed") },
            SharedPanels.Stat("overview.p99", Units.Seconds, query.Quantile(0.99, [], Selectors.Latency)) with { Limits = limits.Of("McpLatencyTargetMissed", 1) },
            SharedPanels.Stat("overview.active", Units.Count, $"max({query.Sum(ByInstance, MetricNames.ActiveRequests, Http)})") with
            {
                Limits = limits.Of("McpActiveRequestsHigh"),
                Empty = Emptiness.NotMeasured,
            },
            SharedPanels.Stat("overview.instances", Units.Count, $"count({query.Series(MetricNames.BuildInfo)})") with { Empty = Emptiness.NotMeasured },
            SharedPanels.Stat("overview.uptime", Units.Seconds, $"time() - max({query.Series(MetricNames.StartTime)})") with { Empty = Emptiness.NotMeasured },
            SharedPanels.FiringAlerts("overview.firing", source),
            SharedPanels.OpenBreakers("overview.open", source),
            SharedPanels.Stat("overview.dependencies_down", Units.Count, $"count({query.Min(["dependency"], DependencyMetricNames.DependencyUp)} == 0) or 0 * count({query.Series(DependencyMetricNames.DependencyUp)})") with
            {
                Empty = Emptiness.NotMeasured,
                IsAlarm = true,
            },
            SharedPanels.Stat("overview.budget", Units.Share, $"min({query.Series(MetricNames.SloBudgetRemaining)})") with
            {
                Empty = Emptiness.NoTraffic,
                IsSigned = true,
            },
            SharedPanels.Stat("overview.oldest", Units.Seconds, $"max({query.Series(MetricNames.ActiveRequestAge, Http)})") with { Limits = limits.Of("McpOperationStuck"), Empty = Emptiness.NotMeasured },
            SharedPanels.Stat("overview.config", Units.None, query.Min([], MetricNames.ConfigValid)) with
            {
                Empty = Emptiness.NotMeasured,
                Mappings = [new(0, "word.refused", Palette.Bad), new(1, "word.in_use", Palette.Good)],
            });
    }

    private static Row Load(DashboardSource source)
    {
        Query query = source.Query;
        return new Row(
            "overview.row.load",
            new Panel("overview.by_outcome", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(["outcome"], Selectors.Requests), "{{outcome}}")) { IsStacked = true },
            new Panel("overview.by_type", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(ByType, Selectors.Requests), "{{operation_type}}")) { IsStacked = true },
            new Panel("overview.by_status", PanelKind.TimeSeries, Units.Requests, new Target(query.Rate(["status_code"], MetricNames.HttpRequestDuration), "{{status_code}}")) { IsStacked = true },
            new Panel("overview.active_by_instance", PanelKind.TimeSeries, Units.Count, new Target(query.Sum(ByInstance, MetricNames.ActiveRequests, Http), "{{instance}}"))
            {
                Width = 12,
                Limits = source.Limits.Of("McpActiveRequestsHigh"),
                Empty = Emptiness.NotMeasured,
            },
            new Panel("overview.age_by_type", PanelKind.TimeSeries, Units.Seconds, new Target(query.Max(ByType, MetricNames.ActiveRequestAge, Http), "{{operation_type}}"))
            {
                Width = 12,
                Limits = source.Limits.Of("McpOperationStuck"),
                Empty = Emptiness.NotMeasured,
            });
    }

    private static Row Latency(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        return new Row(
            "overview.row.latency",
            new Panel(
                "overview.percentiles", PanelKind.TimeSeries, Units.Seconds,
                new Target(query.Quantile(0.5, [], Selectors.Latency), "p50"),
                new Target(query.Quantile(0.95, [], Selectors.Latency), "p95"),
                new Target(query.Quantile(0.99, [], Selectors.Latency), "p99") { HasExemplars = true })
            {
                Width = 12,
                Limits = [.. limits.Of("McpLatencyTargetMissed"), .. limits.Of("McpLatencyTargetMissed", 1)],
            },
            new Panel("overview.distribution", PanelKind.Heatmap, Units.Seconds, new Target(query.Buckets(Selectors.Latency), "{{le}}") { HasExemplars = true }) { Width = 12 },
            WithinObjectives(source),
            new Panel("overview.http_p95", PanelKind.TimeSeries, Units.Seconds, new Target(query.Quantile(0.95, ["route"], MetricNames.HttpRequestDuration, "kind=\"unary\""), "{{route}}")) { Width = 12 });
    }

    // A share below an edge of the histogram is exact; a percentile is a guess between two.
    private static Panel WithinObjectives(DashboardSource source)
    {
        SloDefinition[] objectives = [.. source.Objectives.Where(objective => objective.Indicator.Kind == SloKind.Latency)];
        return new Panel("overview.within", PanelKind.TimeSeries, Units.Share, [.. objectives.Select(objective => Within(source.Query, objective))])
        {
            Width = 12,
            Max = 1,
            Limits = [.. objectives.Select(objective => new Limit(objective.Name, Severity: null, (double)objective.Target, IsLowBad: true)).DistinctBy(limit => limit.Value)],
        };
    }

    private static Target Within(Query query, SloDefinition objective)
    {
        SloIndicator indicator = objective.Indicator;
        Selector calls = indicator.Operation is { } operation ? Selectors.Latency.With(LabelMatcher.Equal(AlertLabels.Operation, operation)) : Selectors.Latency;
        calls = indicator.OperationType is { } type ? calls.With(LabelMatcher.Equal(AlertLabels.OperationType, type.Label())) : calls;
        return new Target(Query.Share(query.RateBelow(calls, indicator.ThresholdSeconds), query.Rate([], calls)), objective.Name);
    }

    private static Row Errors(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        var http = Selector.Of(MetricNames.HttpRequestDuration.Name);
        return new Row(
            "overview.row.errors",
            new Panel("overview.errors", PanelKind.Bars, Units.Count, new Target(query.Steps(["error_type"], MetricNames.Errors), "{{error_type}}")) { Width = 10, Empty = Emptiness.NoErrors },
            new Panel("overview.errors_total", PanelKind.BarGauge, Units.Count, new Target(query.Total(["error_type"], MetricNames.Errors), "{{error_type}}") { IsInstant = true })
            {
                Width = 6,
                Empty = Emptiness.NoErrors,
            },
            new Panel("overview.http_failed", PanelKind.TimeSeries, Units.Share, new Target(Query.ShareOrZero(query.Rate([], http.With("status_code=~\"5..\"")), query.Rate([], http)), "legend.http_failed"))
            {
                Limits = limits.Of("McpHttpErrors"),
            });
    }

    private static Row Budgets(DashboardSource source)
    {
        Query query = source.Query;
        BurnCondition fast = BurnCondition.All[0], slow = BurnCondition.All[2];
        return new Row(
            "overview.row.budgets",
            new Panel("overview.budget_left", PanelKind.TimeSeries, Units.Share, new Target(query.Min(["mcp_service", "slo"], MetricNames.SloBudgetRemaining), "{{mcp_service}} {{slo}}")) { IsSigned = true, Max = 1 },
            Burn("overview.burn_fast", fast, [.. source.Limits.Of("McpAvailabilityBurn"), .. source.Limits.Of("McpAvailabilityBurn", 1)]),
            Burn("overview.burn_slow", slow, [.. source.Limits.Of("McpBudgetSlowBurn"), .. source.Limits.Of("McpBudgetSlowBurn", 1)]));

        Panel Burn(string key, BurnCondition condition, Limit[] limits) => new(
            key, PanelKind.TimeSeries, Units.None,
            new Target(query.Max(["mcp_service", "slo", "window"], MetricNames.SloBurnRate, $"window=~\"{PromQL.Text(condition.Long)}|{PromQL.Text(condition.Short)}\""), "{{mcp_service}} {{slo}} {{window}}"))
        {
            Limits = limits,
        };
    }
}
