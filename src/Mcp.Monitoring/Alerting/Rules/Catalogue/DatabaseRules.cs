using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Rules.Stories;
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
        Expression unconnected = Measures.Count(Measures.ConnectionFailures, numbers.Window);
        Expression failures = Measures.Count(Measures.QueryFailures, numbers.Window) + unconnected;
        Expression share = failures / (Measures.Count(Measures.Queries, numbers.Window) + unconnected);
        var story = new Story("Queries of a database fail.", told => $"{told.Dependency} errors", told => Sentences.Failed(told, told.Alert.Labels, Measures.OfDatabases, "queries failed"))
        {
            Facts =
            [
                Clues.FailingTools,
                told => Clues.Listed(told, "", Measures.QueryFailures.Of(told.Alert.Labels), "outcome"),
                told => told.Count(Measures.ConnectionFailures.Of(told.Alert.Labels), told.Window) is > 0 and var refused ? $"Connections not opened: {Wording.Count(refused)}." : null,
                Clues.Breaker,
                told => Clues.LastSuccess(told, Measures.QuerySuccesses),
            ],
        };
        return numbers.Rule(
            "McpDatabaseErrors", Measures.ByDependency, story,
            numbers.Level(AlertSeverity.High, numbers.Beyond(share, RuleComparison.AtLeast).Given(failures.AtLeast(numbers.MinimumFailures)), share) with
            {
                Calls = Measures.OfDatabases,
            });
    }

    private static AlertRule PoolExhausted(RuleNumbers numbers)
    {
        Expression waiting = Measures.Last(Selector.Of(DependencyMetricNames.DbConnectionsWaiting.Name));
        var story = new Story(
            "Callers wait for a connection to a database.",
            told => $"{told.Dependency} connection pool exhausted",
            told => $"{Wording.Count(told.Alert.Value)} callers wait for a connection")
        {
            Facts = [Clues.SlowedTools],
        };
        return numbers.Rule("McpDbPoolExhausted", Measures.ByDependency, story, numbers.Level(AlertSeverity.High, numbers.Beyond(waiting, RuleComparison.Above), waiting));
    }

    private static AlertRule SlowQueries(RuleNumbers numbers)
    {
        Expression p95 = new Quantile(Measures.QuerySuccesses, P95, numbers.Window);
        var story = new Story(
            "Queries of a database are slow.",
            told => $"{told.Dependency} slow",
            told => Sentences.Slow(told, "p95 of queries", Measures.QuerySuccesses.Of(told.Alert.Labels), "queries"))
        {
            Facts = [Clues.SlowedTools, told => Clues.Listed(told, "Statements: ", Measures.QuerySuccesses.Of(told.Alert.Labels), "statement"), Clues.Breaker],
        };
        return numbers.Rule(
            "McpSlowQueries", Measures.ByDependency, story,
            numbers.Level(
                AlertSeverity.Medium,
                numbers.Beyond(p95, RuleComparison.Above).Given(Measures.Count(Measures.QuerySuccesses, numbers.Window).AtLeast(numbers.MinimumCalls)),
                p95));
    }

    private static AlertRule QueueGrowing(RuleNumbers numbers)
    {
        var queued = Selector.Of(DependencyMetricNames.QueueSize.Name);
        Expression size = Measures.Last(queued);
        Expression fill = size / Measures.Last(Selector.Of(DependencyMetricNames.QueueCapacity.Name));
        Expression grows = size.Above(numbers.MinimumCalls);
        TimeSpan part = numbers.Window / Minutes;
        for (int i = 0; i < Minutes; i++)
        {
            grows = grows.And(Measures.Last(queued, i * part).Above(Measures.Last(queued, (i + 1) * part)));
        }

        var story = new Story(
            "A queue is nearly full, or grows and grows.",
            told => $"queue {told.Label("queue")} growing",
            told => told.Alert.Level == 0
                ? $"{Wording.Percent(told.Alert.Value)} of its capacity, {Wording.Count(told.Last(OfQueue(told, queued)))} items"
                : $"{Wording.Count(told.Alert.Value)} items, more in each of the last {Minutes} {(part == TimeSpan.FromMinutes(1) ? "minutes" : $"parts of {Wording.Span(numbers.Window)}")}");
        return numbers.Rule(
            "McpQueueGrowing", ByQueue, story,
            numbers.Level(AlertSeverity.Medium, numbers.Beyond(fill, RuleComparison.AtLeast), fill),
            numbers.Level(AlertSeverity.Medium, grows, size, numbers.MinimumCalls) with { For = TimeSpan.Zero });
    }

    private static AlertRule CacheHitsLow(RuleNumbers numbers)
    {
        var all = Selector.Of(DependencyMetricNames.CacheRequests.Name);
        Expression lookups = Measures.Count(all, numbers.Window);
        Expression share = Measures.Count(all.With("result=\"hit\""), numbers.Window) / lookups;
        var story = new Story(
            "A cache answers few of the look-ups.",
            told => $"cache {told.Label("cache")} misses",
            told => $"{Wording.Percent(told.Alert.Value)} of look-ups hit in {Wording.Span(numbers.Window)}");
        return numbers.Rule(
            "McpCacheHitsLow", ByCache, story,
            numbers.Level(AlertSeverity.Low, numbers.Beyond(share, RuleComparison.Below).Given(lookups.AtLeast(numbers.MinimumCalls)), share)) with
        {
            LowIsBad = true,
        };
    }

    private static Selector OfQueue(Telling telling, Selector queued) => new(queued.Metric, Alerting.LabelMatcher.Equal("queue", telling.Alert.Labels["queue"]));
}
