using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>The processes by what .NET measures of itself, and the monitoring by what it measures of itself.</summary>
internal static class ProcessPanels
{
    private const string Instance = "{{instance}}";
    private static readonly string[] ByInstance = ["instance"], ByChannel = [AlertLabels.Channel], ByComponent = ["component"];

    public static Row Process(DashboardSource source) => new(
        "overview.row.process",
        Times("process.cpu", Units.Share, Query.ShareBy(RatePer("dotnet_process_cpu_time_seconds_total"), "instance", Max("dotnet_process_cpu_count")), Instance) with { Max = 1 },
        Times("process.memory", Units.Bytes, Max("dotnet_process_memory_working_set_bytes"), Instance),
        Times("process.heap", Units.Bytes, Query.Sum(["gc_heap_generation"], Query.Bridged("dotnet_gc_last_collection_heap_size_bytes")), "{{gc_heap_generation}}") with { IsStacked = true },
        Times("process.allocated", "Bps", RatePer("dotnet_gc_heap_total_allocated_bytes_total"), Instance),
        Times("process.pauses", Units.Share, RatePer("dotnet_gc_pause_time_seconds_total"), Instance),
        Times("process.collections", Units.Events, Query.Sum(["gc_heap_generation"], Query.Rate(Query.Bridged("dotnet_gc_collections_total"))), "{{gc_heap_generation}}"),
        Times("process.threads", Units.Count, Max("dotnet_thread_pool_thread_count"), Instance),
        Times("process.thread_queue", Units.Count, Max("dotnet_thread_pool_queue_length"), Instance) with { Limits = source.Limits.Of("McpThreadPoolStarved") },
        Times("process.exceptions", Units.Events, Query.Top(10, Query.Sum(["error_type"], Query.Rate(Query.Bridged("dotnet_exceptions_total")))), "{{error_type}}") with { Empty = Emptiness.NoErrors })
    {
        IsCollapsed = true,
    };

    public static Row Monitoring(DashboardSource source)
    {
        Query query = source.Query;
        return new Row(
            "overview.row.monitoring",
            Times("monitoring.alerts", Units.Count, query.Sum(["severity"], MetricNames.Alerts, "state=\"firing\""), "{{severity}}") with { IsStacked = true, Empty = Emptiness.Nothing },
            Times("monitoring.incidents", Units.Count, query.Sum(["severity"], MetricNames.Incidents), "{{severity}}") with { IsStacked = true, Empty = Emptiness.Nothing },
            new Panel("monitoring.channels", PanelKind.StateTimeline, Units.None, new Target(query.Min(ByChannel, MetricNames.NotificationChannelUp), "{{channel}}"))
            {
                Mappings = SharedPanels.UpOrDown,
                Empty = Emptiness.NotMeasured,
            },
            new Panel("monitoring.notifications", PanelKind.Bars, Units.Count, new Target(query.Steps(["result"], MetricNames.Notifications), "{{result}}")) { Empty = Emptiness.Nothing },
            Times("monitoring.outbox", Units.Count, query.Sum(ByChannel, MetricNames.NotificationOutbox), "{{channel}}"),
            Times("monitoring.last_sent", Units.Seconds, $"time() - {query.Max(ByChannel, MetricNames.NotificationLastSuccess)}", "{{channel}}") with { Empty = Emptiness.Nothing },
            Times("monitoring.dropped", Units.Events, query.Rate(["component", "reason"], MetricNames.Dropped), "{{component}}: {{reason}}"),
            Times("monitoring.errors", Units.Events, query.Rate(ByComponent, MetricNames.MonitoringErrors), "{{component}}"),
            new Panel("monitoring.limited", PanelKind.Bars, Units.Count, new Target(query.Steps(["metric"], MetricNames.LimitedSeries), "{{metric}}")) { Limits = source.Limits.Of("McpSeriesLimited") })
        {
            IsCollapsed = true,
        };
    }

    private static Panel Times(string key, string unit, string expr, string legend) => new(key, PanelKind.TimeSeries, unit, new Target(expr, legend)) { Empty = Emptiness.NotMeasured };

    private static string Max(string metric) => Alerting.Rules.Expressions.PromQL.Aggregate("max", ByInstance, Query.Bridged(metric));

    private static string RatePer(string counter) => Query.Sum(ByInstance, Query.Rate(Query.Bridged(counter)));
}
