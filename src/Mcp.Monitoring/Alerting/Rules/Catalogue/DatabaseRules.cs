using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Infrastructure;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of databases, queues and caches.</summary>
internal static class DatabaseRules
{
    private const double P95 = 0.95;
    private const int Minutes = 10;
    private static readonly string[] ByQueue = ["queue"];
    private static readonly string[] ByCache = ["cache"];

    public static IEnumerable<CatalogueRule> All { get; } =
    [
        new("McpDatabaseErrors", new RuleNumbers { Threshold = 0.05, MinimumFailures = 5 }, Errors),
        new("McpDbPoolExhausted", new RuleNumbers { For = TimeSpan.FromMinutes(1) }, PoolExhausted),
        new("McpSlowQueries", new RuleNumbers { For = TimeSpan.FromMinutes(5), Threshold = 0.5, MinimumCalls = 20 }, SlowQueries),
        new("McpQueueGrowing", new RuleNumbers { Window = TimeSpan.FromMinutes(Minutes), For = TimeSpan.FromMinutes(5), Threshold = 0.80, MinimumCalls = 100 }, QueueGrowing),
        new("McpCacheHitsLow", new RuleNumbers { Window = TimeSpan.FromMinutes(30), Threshold = 0.50, MinimumCalls = 1_000, IsEnabled = false }, CacheHitsLow),
    ];

    private static AlertRule Errors(RuleNumbers numbers)
    {
        Expression unconnected = Selectors.Count(Selectors.ConnectionFailures, numbers.Window);
        Expression failures = Selectors.Count(Selectors.QueryFailures, numbers.Window) + unconnected;
        Expression share = failures / (Selectors.Count(Selectors.Queries, numbers.Window) + unconnected);
        var annotations = new AlertAnnotations("Queries of a database fail.", context => $"{context.Dependency} errors", context => AnnotationSummaries.Failed(context, context.Alert.Labels, Selectors.OfDatabases, "queries failed"))
        {
            Facts =
            [
                AnnotationFacts.FailingTools,
                context => AnnotationFacts.Listed(context, "", Selectors.QueryFailures.Of(context.Alert.Labels), "outcome"),
                context => context.Count(Selectors.ConnectionFailures.Of(context.Alert.Labels), context.Window) is > 0 and var refused ? $"Connections not opened: {TextFormat.Count(refused)}." : null,
                AnnotationFacts.Breaker,
                context => AnnotationFacts.LastSuccess(context, Selectors.QuerySuccesses),
            ],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations,
            numbers.Level(AlertSeverity.High, numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(failures.AtLeast(numbers.MinimumFailures)), share) with
            {
                Calls = Selectors.OfDatabases,
            });
    }

    private static AlertRule PoolExhausted(RuleNumbers numbers)
    {
        Expression waiting = Selectors.Last(Selector.Of(DependencyMetricNames.DbConnectionsWaiting.Name));
        var annotations = new AlertAnnotations(
            "Callers wait for a connection to a database.",
            context => $"{context.Dependency} connection pool exhausted",
            context => $"{TextFormat.Count(context.Alert.Value)} callers wait for a connection")
        {
            Facts = [AnnotationFacts.SlowedTools],
        };
        return numbers.Rule(Selectors.ByDependency, annotations, numbers.Level(AlertSeverity.High, numbers.Beyond(waiting, RuleComparison.Above), waiting));
    }

    private static AlertRule SlowQueries(RuleNumbers numbers)
    {
        Expression p95 = new Quantile(P95, new HistogramIncrease(Selectors.QuerySuccesses, numbers.Window));
        var annotations = new AlertAnnotations(
            "Queries of a database are slow.",
            context => $"{context.Dependency} slow",
            context => AnnotationSummaries.Slow(context, "p95 of queries", Selectors.QuerySuccesses.Of(context.Alert.Labels), "queries"))
        {
            Facts = [AnnotationFacts.SlowedTools, context => AnnotationFacts.Listed(context, "Statements: ", Selectors.QuerySuccesses.Of(context.Alert.Labels), "statement"), AnnotationFacts.Breaker],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations,
            numbers.Level(
                AlertSeverity.Medium,
                numbers.Beyond(p95, RuleComparison.Above).OnlyIf(Selectors.Count(Selectors.QuerySuccesses, numbers.Window).AtLeast(numbers.MinimumCalls)),
                p95));
    }

    private static AlertRule QueueGrowing(RuleNumbers numbers)
    {
        var queued = Selector.Of(DependencyMetricNames.QueueSize.Name);
        Expression size = Selectors.Last(queued);
        Expression fill = size / Selectors.Last(Selector.Of(DependencyMetricNames.QueueCapacity.Name));
        Expression grows = size.Above(numbers.MinimumCalls);
        TimeSpan part = numbers.Window / Minutes;
        for (int i = 0; i < Minutes; i++)
        {
            grows = grows.And(Selectors.Last(queued, i * part).Above(Selectors.Last(queued, (i + 1) * part)));
        }

        var annotations = new AlertAnnotations(
            "A queue is nearly full, or grows and grows.",
            context => $"queue {context.Label("queue")} growing",
            context => context.Alert.Level == 0
                ? $"{TextFormat.Percent(context.Alert.Value)} of its capacity, {TextFormat.Count(context.Last(OfQueue(context, queued)))} items"
                : $"{TextFormat.Count(context.Alert.Value)} items, more in each of the last {Minutes} {(part == TimeSpan.FromMinutes(1) ? "minutes" : $"parts of {TextFormat.Span(numbers.Window)}")}");
        return numbers.Rule(
            ByQueue, annotations,
            numbers.Level(AlertSeverity.Medium, numbers.Beyond(fill, RuleComparison.AtLeast), fill),
            numbers.Level(AlertSeverity.Medium, grows, size, numbers.MinimumCalls) with { For = TimeSpan.Zero });
    }

    private static AlertRule CacheHitsLow(RuleNumbers numbers)
    {
        var all = Selector.Of(DependencyMetricNames.CacheRequests.Name);
        Expression lookups = Selectors.Count(all, numbers.Window);
        Expression share = Selectors.Count(all.With("result=\"hit\""), numbers.Window) / lookups;
        var annotations = new AlertAnnotations(
            "A cache answers few of the look-ups.",
            context => $"cache {context.Label("cache")} misses",
            context => $"{TextFormat.Percent(context.Alert.Value)} of look-ups hit in {TextFormat.Span(numbers.Window)}");
        return numbers.Rule(
            ByCache, annotations,
            numbers.Level(AlertSeverity.Low, numbers.Beyond(share, RuleComparison.Below).OnlyIf(lookups.AtLeast(numbers.MinimumCalls)), share)) with
        {
            LowIsBad = true,
        };
    }

    private static Selector OfQueue(AnnotationContext context, Selector queued) => new(queued.Metric, Alerting.LabelMatcher.Equal("queue", context.Alert.Labels["queue"]));
}
