using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of all calls of tools, resources and prompts together.</summary>
internal static class TrafficRules
{
    private const double Milliseconds = 1_000;
    private const double P95 = 0.95;
    private const double P99 = 0.99;
    private const string P95Name = "p95", P99Name = "p99";
    private const int MostNames = 3;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static IEnumerable<CatalogueRule> Of(ThresholdOptions thresholds) =>
    [
        new("McpServerFailing", new RuleNumbers { MinimumFailures = 3 }, ServerFailing),
        new("McpErrorRatioHigh", new RuleNumbers { Threshold = thresholds.ErrorRateThreshold, MinimumCalls = 100, MinimumFailures = 5 }, numbers => ErrorRatio(AlertSeverity.Medium, numbers)),
        new("McpErrorTargetMissed", new RuleNumbers { Window = Day, Threshold = 0.001, MinimumCalls = 3_000, MinimumFailures = 5 }, numbers => ErrorRatio(AlertSeverity.Low, numbers)),
        new(
            "McpLatencyTargetMissed",
            new RuleNumbers { Window = TimeSpan.FromMinutes(30), Threshold = thresholds.ResponseTimeThresholdMs / Milliseconds, MinimumCalls = 100 },
            numbers => LatencyTarget(numbers, thresholds.ResponseTimeAlertMs / Milliseconds)),
        new("McpValidationErrors", new RuleNumbers { Window = TimeSpan.FromMinutes(15), Threshold = 0.30, MinimumFailures = 50 }, Validation),
        new("McpToolsVanished", new RuleNumbers { Window = TimeSpan.FromMinutes(15), Threshold = 0.10, MinimumFailures = 10 }, Vanished),
        new("McpNoTraffic", new RuleNumbers { Window = TimeSpan.FromHours(1), IsEnabled = false }, NoTraffic),
    ];

    private static AlertRule ServerFailing(RuleNumbers numbers)
    {
        var annotations = new AlertAnnotations(
            "meaning.server_failing",
            NamesThatFail,
            context => AnnotationSummaries.Failed(context, AllCalls(context), Selectors.OfOperations, "share.calls_failed", Selectors.ToolErrors))
        {
            Facts = [context => AnnotationFacts.Operations(context, Selectors.ServerErrors), AnnotationFacts.ErrorTypes, AnnotationFacts.Breaker, context => AnnotationFacts.LastSuccess(context, AllCalls(context), Selectors.Successes)],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Streak(AlertSeverity.Critical, Selectors.OfOperations, numbers.MinimumFailures, StreakScope.Server)) with
        {
            Blame = Blame.Errors,
            IsOfAllCalls = true,
        };
    }

    // get_order, get_stock fail: integration
    private static string NamesThatFail(AnnotationContext context)
    {
        string[] names = [.. context.CountBy(Selectors.ServerErrors, AlertLabels.Operation, context.Window).Select(operation => operation.Name)];
        string failing = names.Length switch
        {
            0 => context.Texts["title.calls_fail"],
            1 => context.Say("title.failing", names[0]),
            _ => context.Say("title.fail", context.Texts.Names(names, names.Length, MostNames)),
        };
        return context.Alert.ErrorType is { } type ? $"{failing}: {context.Texts.Error(type)}" : failing;
    }

    private static AlertRule ErrorRatio(AlertSeverity severity, RuleNumbers numbers)
    {
        Expression failures = Selectors.Count(Selectors.ServerErrors, numbers.Window);
        Expression calls = Selectors.Count(Selectors.Answered, numbers.Window);
        Expression share = failures / calls;
        var annotations = new AlertAnnotations(
            "meaning.calls_failing",
            context => context.Texts["title.calls_failing"],
            context => AnnotationSummaries.Share(context, AllCalls(context), Selectors.ServerErrors, Selectors.Answered, numbers.Window, "share.calls_failed"))
        {
            Facts = [context => AnnotationFacts.Operations(context, Selectors.ServerErrors), AnnotationFacts.ErrorTypes, AnnotationFacts.Breaker],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(
                severity,
                numbers.Beyond(share, RuleComparison.Above).OnlyIf(calls.AtLeast(numbers.MinimumCalls)).OnlyIf(failures.AtLeast(numbers.MinimumFailures)),
                share) with
            {
                Calls = Selectors.OfOperations,
            }) with
        {
            Blame = Blame.Errors,
            IsOfAllCalls = true,
        };
    }

    private static AlertRule LatencyTarget(RuleNumbers numbers, double p99Limit)
    {
        Expression p95 = new Quantile(P95, new HistogramIncrease(Selectors.Latency, numbers.Window));
        Expression p99 = new Quantile(P99, new HistogramIncrease(Selectors.Latency, numbers.Window));
        Expression enough = Selectors.Count(Selectors.Latency, numbers.Window).AtLeast(numbers.MinimumCalls);
        var annotations = new AlertAnnotations(
            "meaning.latency_target",
            context => context.Say("title.latency_target", QuantileOf(context), context.Texts.Seconds(context.Alert.Value)),
            context => AnnotationSummaries.Slow(context, "summary.slow_calls", QuantileOf(context), Selectors.Latency))
        {
            Facts = [AnnotationFacts.ShareOfTime],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.Low, numbers.Beyond(p95, RuleComparison.Above).OnlyIf(enough), p95) with { Name = P95Name },
            numbers.Level(AlertSeverity.Low, p99.Above(p99Limit).OnlyIf(enough), p99, p99Limit) with { Name = P99Name }) with
        {
            Blame = Blame.Time,
            IsOfAllCalls = true,
        };
    }

    private static AlertRule Validation(RuleNumbers numbers)
    {
        var errors = Selector.Of(MetricNames.Errors.Name, Root.Types, "error_type=\"validation\"");
        Expression invalid = Selectors.Count(errors, numbers.Window);
        Expression share = invalid / Selectors.Count(Selectors.Calls, numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.validation",
            context => context.Texts["title.validation"],
            context => AnnotationSummaries.Share(context, errors, Selectors.Calls, numbers.Window, "share.invalid"))
        {
            Facts =
            [
                context => AnnotationFacts.Listed(context, "fact.tools", errors, AlertLabels.Operation),
                context => AnnotationFacts.Listed(context, "fact.clients", Selector.Of(MetricNames.RequestsByClient.Name, "outcome=\"client_error\""), "client"),
            ],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.Low, numbers.Beyond(share, RuleComparison.Above).OnlyIf(invalid.AtLeast(numbers.MinimumFailures)), share));
    }

    private static AlertRule Vanished(RuleNumbers numbers)
    {
        var unknown = Selector.Of(MetricNames.UnknownOperations.Name, Root.Types);
        Expression strays = Selectors.Count(unknown, numbers.Window);
        Expression share = strays / Selectors.Count(Selectors.Calls, numbers.Window);
        Expression many = numbers.Beyond(share, RuleComparison.Above).OnlyIf(strays.AtLeast(numbers.MinimumFailures));
        var annotations = new AlertAnnotations(
            "meaning.unknown_tools",
            context => context.Texts["title.unknown_tools"],
            context => AnnotationSummaries.Share(context, unknown, Selectors.Calls, numbers.Window, "share.unknown_names"))
        {
            Facts = [context => AnnotationFacts.Listed(context, "fact.kinds", unknown, AlertLabels.OperationType, LabelWords.Kind)],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.Medium, many.And(new Uptime().AtMost(numbers.Window.TotalSeconds)), share) with { Holds = many });
    }

    private static AlertRule NoTraffic(RuleNumbers numbers)
    {
        Expression now = Selectors.Count(Selectors.Calls, numbers.Window);
        Expression yesterday = new SeriesSum(Selectors.Calls, SeriesFunction.Count, numbers.Window, Day - numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.no_traffic",
            context => context.Texts["title.no_traffic"],
            context => context.Say("summary.no_traffic", context.Texts.Span(numbers.Window)));
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.Low, yesterday.Above(numbers.Threshold).And(now.AtMost(0)), now, numbers.Threshold)) with
        {
            LowIsBad = true,
        };
    }

    private static string QuantileOf(AnnotationContext context) => context.Level.Name;

    private static AlertLabels AllCalls(AnnotationContext context) => context.Alert.Labels.Without(AlertLabels.Dependency);
}
