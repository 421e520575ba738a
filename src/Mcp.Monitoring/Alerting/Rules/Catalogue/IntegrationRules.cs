using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of the systems behind the server: calls, breakers, retries.</summary>
internal static class IntegrationRules
{
    private static readonly TimeSpan AnEvaluation = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestUnused = TimeSpan.FromMinutes(30);

    public static IEnumerable<CatalogueRule> Of(ThresholdOptions thresholds) =>
    [
        new("McpIntegrationDown", new RuleNumbers { MinimumFailures = 3, Threshold = 4 }, Down),
        new("McpIntegrationErrors", new RuleNumbers { Threshold = 0.10, MinimumFailures = 5 }, numbers => Errors(numbers, thresholds.IntegrationErrorsPerSecond)),
        new("McpCircuitBreakerOpen", BreakerNumbers(thresholds), numbers => BreakerOpen(numbers, TimeSpan.FromSeconds(thresholds.CircuitBreakerTimeoutSeconds))),
        new("McpCircuitIsolated", new RuleNumbers { For = TimeSpan.Zero }, Isolated),
        new("McpRetriesHigh", new RuleNumbers { Window = TimeSpan.FromMinutes(10), Threshold = 0.20, MinimumFailures = 20 }, RetriesHigh),
        new("McpRetriesExhausted", new RuleNumbers { Window = TimeSpan.FromMinutes(10), Threshold = 5 }, RetriesExhausted),
    ];

    private static AlertRule Down(RuleNumbers numbers)
    {
        var probes = new FailureStreak(Selectors.OfProbes, new StreakLength(numbers.Threshold, TimeSpan.Zero), dense: null, StreakScope.Own);
        var annotations = new AlertAnnotations(
            "meaning.integration_down",
            context => context.Say("title.down", context.Dependency),
            Unanswered)
        {
            Facts = [AnnotationFacts.FailingTools, AnnotationFacts.Outcomes, AnnotationFacts.Connections, AnnotationFacts.Breaker, context => AnnotationFacts.LastSuccess(context, Selectors.IntegrationSuccesses)],
        };

        // The probe judges by itself, also where other calls get through.
        return numbers.Rule(
            Selectors.ByDependency, annotations,
            numbers.Streak(AlertSeverity.Critical, Selectors.OfIntegrations, numbers.MinimumFailures, StreakScope.Own) with { Name = "calls" },
            RuleNumbers.Streak(AlertSeverity.Critical, probes) with { Name = "probe" });
    }

    private static AlertRule Errors(RuleNumbers numbers, double perSecond)
    {
        Expression failures = Selectors.Count(Selectors.IntegrationFailures, numbers.Window);
        Expression share = failures / Selectors.Count(Selectors.IntegrationCalls, numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.integration_errors",
            context => context.Say("title.errors", context.Dependency),
            context => AnnotationSummaries.Share(context, Selectors.IntegrationFailures, Selectors.IntegrationCalls, numbers.Window, "share.calls_failed"))
        {
            Facts = [AnnotationFacts.FailingTools, AnnotationFacts.Outcomes, AnnotationFacts.Connections, AnnotationFacts.Breaker],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations,
            numbers.Level(
                AlertSeverity.Critical,
                numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(Selectors.IsOften(failures, numbers, perSecond)),
                share) with
            {
                Calls = Selectors.OfIntegrations,
            });
    }

    private static RuleNumbers BreakerNumbers(ThresholdOptions thresholds)
    {
        var numbers = new RuleNumbers { For = TimeSpan.FromSeconds(60), MinimumFailures = 5 };

        // One that opens and half opens in turn is one outage.
        var twice = TimeSpan.FromSeconds(2 * thresholds.CircuitBreakerTimeoutSeconds);
        return twice > numbers.KeepFiringFor ? numbers with { KeepFiringFor = twice } : numbers;
    }

    private static AlertRule BreakerOpen(RuleNumbers numbers, TimeSpan timeout)
    {
        Expression isOpen = Selectors.Last(Selector.Of(DependencyMetricNames.CircuitBreakerState.Name, "state=~\"open|half_open\""));
        var rejected = Selector.Of(DependencyMetricNames.CircuitBreakerRejected.Name);
        var annotations = new AlertAnnotations(
            "meaning.breaker_open",
            context => context.Say("title.breaker_open", context.Dependency),
            context => BreakerSummary(context, rejected))
        {
            Facts = [AnnotationFacts.FailingTools, AnnotationFacts.Outcomes, context => AnnotationFacts.LastSuccess(context, Selectors.IntegrationSuccesses), context => Unverified(context, rejected, timeout)],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations, numbers.Level(AlertSeverity.High, isOpen.Above(0), isOpen, 0) with { Name = "open" }) with
        {
            Raise = numbers.Severity is null ? new SeverityRaise(AlertSeverity.Critical, Selectors.Count(rejected, LongestUnused).AtLeast(numbers.MinimumFailures)) : null,
        };
    }

    // What was rejected before the first evaluation that saw it open is of this opening, too; what a former run rejected is not known.
    private static string BreakerSummary(AnnotationContext context, Selector rejected)
    {
        TimeSpan open = context.Now - context.Alert.StartedAt;
        TimeSpan counted = open + AnEvaluation;
        double calls = context.Count(rejected.Of(context.Alert.Labels), counted < context.Now ? counted : context.Now);
        string said = context.Say("summary.breaker_open", context.Texts.Span(open), calls);
        return counted > context.Now + AnEvaluation ? $"{said} {context.Texts["window.since_start"]}" : said;
    }

    // It tries again only when somebody calls.
    private static string? Unverified(AnnotationContext context, Selector rejected, TimeSpan timeout)
    {
        TimeSpan unused = timeout * 10;
        return context.Now - context.Alert.StartedAt > unused && context.Count(rejected.Of(context.Alert.Labels), unused) == 0
            ? context.Say("fact.unverified", context.Texts.Span(unused))
            : null;
    }

    private static AlertRule Isolated(RuleNumbers numbers)
    {
        Expression isIsolated = Selectors.Last(Selector.Of(DependencyMetricNames.CircuitBreakerState.Name, "state=\"isolated\""));
        var annotations = new AlertAnnotations(
            "meaning.breaker_isolated",
            context => context.Say("title.breaker_isolated", context.Dependency),
            context => context.Texts["summary.breaker_isolated"]);
        return numbers.Rule(Selectors.ByDependency, annotations, numbers.Level(AlertSeverity.Low, isIsolated.Above(0), isIsolated, 0));
    }

    private static AlertRule RetriesHigh(RuleNumbers numbers)
    {
        var attempts = Selector.Of(DependencyMetricNames.RetryAttempts.Name);
        Expression retries = Selectors.Count(attempts, numbers.Window);
        Expression share = retries / (Selectors.Count(Selectors.IntegrationCalls, numbers.Window) + Selectors.Count(Selectors.Queries, numbers.Window));
        var annotations = new AlertAnnotations(
            "meaning.retries",
            context => context.Say("title.retries", context.Dependency),
            context => context.Say("summary.retries", context.Count(attempts.Of(context.Alert.Labels), numbers.Window), context.Texts.Span(numbers.Window), context.Texts.Percent(context.Alert.Value)))
        {
            Facts = [AnnotationFacts.Outcomes, AnnotationFacts.Breaker],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations,
            numbers.Level(AlertSeverity.Medium, numbers.Beyond(share, RuleComparison.Above).OnlyIf(retries.AtLeast(numbers.MinimumFailures)), share));
    }

    private static AlertRule RetriesExhausted(RuleNumbers numbers)
    {
        Expression exhausted = Selectors.Count(Selector.Of(DependencyMetricNames.RetryExhausted.Name), numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.retries_exhausted",
            context => context.Say("title.retries_exhausted", context.Dependency),
            context => context.Say("summary.retries_exhausted", context.Alert.Value, context.Texts.Span(numbers.Window)))
        {
            Facts = [AnnotationFacts.FailingTools, AnnotationFacts.Outcomes, AnnotationFacts.Breaker],
        };
        return numbers.Rule(
            Selectors.ByDependency, annotations, numbers.Level(AlertSeverity.Medium, numbers.Beyond(exhausted, RuleComparison.AtLeast), exhausted));
    }

    private static string Unanswered(AnnotationContext context) => context.Alert.Level == 0
        ? AnnotationSummaries.Failed(context, context.Alert.Labels, Selectors.OfIntegrations, "share.calls_failed")
        : context.Say("summary.probes", context.Alert.Value);
}
