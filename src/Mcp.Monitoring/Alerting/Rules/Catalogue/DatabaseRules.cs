using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
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
        var annotations = new AlertAnnotations("meaning.database_errors", context => context.Say("title.errors", context.Dependency), context => AnnotationSummaries.Failed(context, context.Alert.Labels, Selectors.OfDatabases, "share.queries_failed"))
        {
            Facts =
            [
                AnnotationFacts.FailingTools,
                context => AnnotationFacts.Outcomes(context, Selectors.QueryFailures.Of(context.Alert.Labels)),
                context => context.Count(Selectors.ConnectionFailures.Of(context.Alert.Labels), context.Window) is > 0 and var refused ? context.Say("fact.not_opened", refused) : null,
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
            "meaning.pool_exhausted",
            context => context.Say("title.pool_exhausted", context.Dependency),
            context => context.Say("summary.pool_exhausted", context.Alert.Value))
        {
            Facts = [AnnotationFacts.SlowedTools],
        };
        return numbers.Rule(Selectors.ByDependency, annotations, numbers.Level(AlertSeverity.High, numbers.Beyond(waiting, RuleComparison.Above), waiting));
    }

    private static AlertRule SlowQueries(RuleNumbers numbers)
    {
        Expression p95 = new Quantile(P95, new HistogramIncrease(Selectors.QuerySuccesses, numbers.Window));
        var annotations = new AlertAnnotations(
            "meaning.slow_queries",
            context => context.Say("title.slow", context.Dependency),
            context => AnnotationSummaries.Slow(context, "summary.slow_queries", "p95", Selectors.QuerySuccesses.Of(context.Alert.Labels)))
        {
            Facts = [AnnotationFacts.SlowedTools, context => AnnotationFacts.Listed(context, "fact.statements", Selectors.QuerySuccesses.Of(context.Alert.Labels), "statement"), AnnotationFacts.Breaker],
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
        TimeSpan part = numbers.Window / Minutes;
        Expression grows = size.Above(numbers.MinimumCalls).And(new KeepsGrowing(queued, Minutes, part));
        var annotations = new AlertAnnotations(
            "meaning.queue_growing",
            context => context.Say("title.queue_growing", context.Label("queue")),
            context => context.Alert.Level == 0
                ? context.Say("summary.queue_full", context.Texts.Percent(context.Alert.Value), context.Last(OfQueue(context, queued)))
                : part == TimeSpan.FromMinutes(1) ? context.Say("summary.queue_grows", context.Alert.Value, Minutes)
                : context.Say("summary.queue_grows_parts", context.Alert.Value, Minutes, context.Texts.Span(numbers.Window)));
        return numbers.Rule(
            ByQueue, annotations,
            numbers.Level(AlertSeverity.Medium, numbers.Beyond(fill, RuleComparison.AtLeast), fill) with { Name = "full" },
            numbers.Level(AlertSeverity.Medium, grows, size, numbers.MinimumCalls) with { Name = "grows", For = TimeSpan.Zero }) with
        {
            IsPerInstance = true,
        };
    }

    private static AlertRule CacheHitsLow(RuleNumbers numbers)
    {
        var all = Selector.Of(DependencyMetricNames.CacheRequests.Name);
        Expression lookups = Selectors.Count(all, numbers.Window);
        Expression share = Selectors.Count(all.With("result=\"hit\""), numbers.Window) / lookups;
        var annotations = new AlertAnnotations(
            "meaning.cache",
            context => context.Say("title.cache", context.Label("cache")),
            context => context.Say("summary.cache", context.Texts.Percent(context.Alert.Value), context.Texts.Span(numbers.Window)));
        return numbers.Rule(
            ByCache, annotations,
            numbers.Level(AlertSeverity.Low, numbers.Beyond(share, RuleComparison.Below).OnlyIf(lookups.AtLeast(numbers.MinimumCalls)), share)) with
        {
            LowIsBad = true,
        };
    }

    private static Selector OfQueue(AnnotationContext context, Selector queued) => new(queued.Metric, Alerting.LabelMatcher.Equal("queue", context.Alert.Labels["queue"]));
}
