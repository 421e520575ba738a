using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What the services rest on: integrations, databases, caches and queues.</summary>
internal static class DependencyPanels
{
    private const string Dependency = "{{dependency}}", DependencyAndState = "{{dependency}} {{state}}", Exhausted = "McpRetriesExhausted";
    private static readonly string[] ByDependency = Selectors.ByDependency, ByCache = ["cache"], ByQueue = ["queue"], ByState = [AlertLabels.Dependency, "state"];

    public static Row Dependencies(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        string calls = query.Rate(ByDependency, Selectors.IntegrationCalls);
        var answered = Selector.Of(MetricNames.OperationDuration.Name, Root.Types);
        string exhausted = query.Series(DependencyMetricNames.RetryExhausted);
        return new Row(
            "overview.row.dependencies",
            new Panel("dependencies.up", PanelKind.StateTimeline, Units.None, Of(query.Min(ByDependency, DependencyMetricNames.DependencyUp), Dependency))
            {
                Mappings = SharedPanels.UpOrDown,
                Empty = Emptiness.NotMeasured,
            },
            Times("dependencies.calls", Units.Events, Of(query.Rate([AlertLabels.Dependency, "outcome"], DependencyMetricNames.IntegrationCallDuration), "{{dependency}} {{outcome}}")),
            Times("dependencies.failed", Units.Share, Of(Query.Share(query.Rate(ByDependency, Selectors.IntegrationFailures), calls), Dependency)) with { Limits = limits.Of("McpIntegrationErrors") },
            Times("dependencies.p95", Units.Seconds, Of(query.Quantile(0.95, ByDependency, Selectors.IntegrationSuccesses), Dependency)),
            Times(
                "dependencies.time", Units.Seconds,
                Of(
                    Query.ShareBy(
                        query.Rate(["operation", "dependency"], DependencyMetricNames.OperationDependencyTime), "operation", query.Rate(["operation"], answered)),
                    "{{operation}}: {{dependency}}")),
            Times("dependencies.connections", Units.Events, Of(query.Rate([AlertLabels.Dependency, "outcome"], DependencyMetricNames.IntegrationConnections), "{{dependency}} {{outcome}}")),
            Times(
                "dependencies.retries", Units.Share,
                Of(
                    Query.Share(
                        query.Rate(ByDependency, DependencyMetricNames.RetryAttempts), $"({calls} or {query.Rate(ByDependency, Selectors.Queries)})"), Dependency)) with
            {
                Limits = limits.Of("McpRetriesHigh"),
            },
            Times("dependencies.given_up", Units.Count, Of(Query.Sum(ByDependency, $"increase({exhausted}[{PromQL.Text(limits.WindowOf(Exhausted))}])"), Dependency)) with
            {
                Limits = limits.Of(Exhausted),
            },
            Times("dependencies.sessions", Units.Count, Of(query.Sum(ByState, DependencyMetricNames.IntegrationSessions), DependencyAndState)));
    }

    public static Row Storage(DashboardSource source)
    {
        (Query query, RuleLimits limits) = (source.Query, source.Limits);
        string unopened = query.Rate(ByDependency, DependencyMetricNames.DbConnectionErrors);
        string queries = query.Rate(ByDependency, Selectors.Queries);
        string lookups = query.Rate(ByCache, DependencyMetricNames.CacheRequests);
        return new Row(
            "overview.row.storage",
            Times("storage.queries", Units.Events, Of(query.Rate([AlertLabels.Dependency, "statement"], Selectors.Queries), "{{dependency}} {{statement}}")),
            Times(
                "storage.failed", Units.Share,
                Of($"({query.Rate(ByDependency, Selectors.QueryFailures)} + ({unopened} or 0 * {queries})) / ({queries} + ({unopened} or 0 * {queries}) > 0)", Dependency)) with
            {
                Limits = limits.Of("McpDatabaseErrors"),
            },
            Times("storage.p95", Units.Seconds, Of(query.Quantile(0.95, ByDependency, Selectors.QuerySuccesses), Dependency)) with { Limits = limits.Of("McpSlowQueries") },
            Times(
                "storage.connections", Units.Count,
                Of(query.Sum(ByState, DependencyMetricNames.DbConnections), DependencyAndState),
                Of(query.Sum(ByDependency, DependencyMetricNames.DbConnectionsMax), "legend.pool_max")),
            Times("storage.waiting", Units.Count, Of(query.Sum(ByDependency, DependencyMetricNames.DbConnectionsWaiting), Dependency)) with { Limits = limits.Of("McpDbPoolExhausted") },
            Times("storage.unopened", Units.Events, Of(unopened, Dependency)) with { Empty = Emptiness.NoErrors },
            Times("storage.cache_hits", Units.Share, Of(Query.ShareOrZero(query.Rate(ByCache, DependencyMetricNames.CacheRequests, "result=\"hit\""), lookups), "{{cache}}")) with
            {
                Max = 1,
                Limits = limits.Of("McpCacheHitsLow"),
            },
            Times("storage.cache_lookups", Units.Events, Of(query.Rate(["result"], DependencyMetricNames.CacheRequests), "{{result}}")) with { IsStacked = true },
            Times("storage.cache_entries", Units.Count, Of(query.Sum(ByCache, DependencyMetricNames.CacheEntries), "{{cache}}")),
            Times(
                "storage.queue_fill", Units.Share,
                Of(Query.Share(query.Sum(ByQueue, DependencyMetricNames.QueueSize), query.Sum(ByQueue, DependencyMetricNames.QueueCapacity)), "{{queue}}")) with
            {
                Max = 1,
                Limits = limits.Of("McpQueueGrowing"),
            },
            Times("storage.queue_size", Units.Count, Of(query.Sum(ByQueue, DependencyMetricNames.QueueSize), "{{queue}}")) with { Limits = limits.Of("McpQueueGrowing", 1) },
            Times("storage.queue_wait", Units.Seconds, Of(query.Quantile(0.95, ByQueue, DependencyMetricNames.QueueWait), "{{queue}}")))
        {
            IsCollapsed = true,
        };
    }

    private static Panel Times(string key, string unit, params IReadOnlyList<Target> targets) => new(key, PanelKind.TimeSeries, unit, targets) { Empty = Emptiness.NotMeasured };

    private static Target Of(string expr, string legend) => new(expr, legend);
}
