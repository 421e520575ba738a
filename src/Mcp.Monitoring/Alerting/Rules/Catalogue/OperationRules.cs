using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of single tools, resources and prompts.</summary>
internal static class OperationRules
{
    private const double Milliseconds = 1_000;
    private const double P95 = 0.95;
    private const double CallsToArm = 100;
    private const double LongerToBeCritical = 2.5;
    private static readonly TimeSpan ArmingWindow = TimeSpan.FromHours(1);

    public static IEnumerable<CatalogueRule> Of(ThresholdOptions thresholds) =>
    [
        new(
            "McpToolFailing",
            new RuleNumbers { Window = TimeSpan.FromMinutes(10), Threshold = 0.50, MinimumFailures = 5, MinimumCalls = 3 },
            Failing),
        new(
            "McpToolErrors",
            new RuleNumbers { Window = TimeSpan.FromMinutes(10), Threshold = 0.05, MinimumFailures = 5, MinimumCalls = 10 },
            Errors),
        new(
            "McpSlowOperations",
            new RuleNumbers { For = TimeSpan.FromMinutes(5), Threshold = thresholds.ResponseTimeAlertMs / Milliseconds, MinimumCalls = 20 },
            numbers => Slow(numbers, thresholds.ResponseTimeThresholdMs / Milliseconds)),
        new(
            "McpOperationStuck",
            new RuleNumbers { For = TimeSpan.Zero, Threshold = 120 },
            Stuck),
        new(
            "McpClientLooping",
            new RuleNumbers { MinimumFailures = 50, Repeat = TimeSpan.FromHours(4), IsSilent = true },
            Looping),
    ];

    private static AlertRule Failing(RuleNumbers numbers)
    {
        Expression failures = Selectors.Count(Selectors.ServerErrors, numbers.Window);
        Expression share = failures / Selectors.Count(Selectors.Answered, numbers.Window);
        var nothingWorks = new FailureStreak(Selectors.OfOperations, new StreakLength(numbers.MinimumFailures, LongerToBeCritical * numbers.For), null, StreakScope.Total);
        var annotations = new AlertAnnotations(
            "meaning.tool_failing",
            context => context.Say("title.failing", context.Operation),
            context => AnnotationSummaries.Failed(context, OperationOf(context), Selectors.OfOperations, "share.calls_failed", Selectors.ToolErrors))
        {
            Facts = [AnnotationFacts.ErrorTypes, AnnotationFacts.Breaker, context => AnnotationFacts.LastSuccess(context, OperationOf(context), Selectors.Successes), AnnotationFacts.Owner],
        };
        return numbers.Rule(
            Selectors.ByOperation, annotations,
            numbers.Streak(AlertSeverity.High, Selectors.OfOperations, numbers.MinimumCalls, StreakScope.Operation) with { Name = "in_a_row" },
            RuleNumbers.Streak(AlertSeverity.Critical, nothingWorks) with { Name = "nothing_works" },
            numbers.Level(AlertSeverity.High, numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(failures.AtLeast(numbers.MinimumFailures)), share) with
            {
                Name = "share",
                Calls = Selectors.OfOperations,
            }) with
        {
            Blame = Blame.Errors,
        };
    }

    private static AlertRule Errors(RuleNumbers numbers)
    {
        // A tool that says itself what went wrong may well do so now and then.
        TimeSpan longer = 1.5 * numbers.Window;
        double toolThreshold = Math.Min(1, 10 * numbers.Threshold);
        Expression failures = Selectors.Count(Selectors.ServerErrors, numbers.Window);
        Expression share = failures / Selectors.Count(Selectors.Answered, numbers.Window);
        Expression toolErrors = Selectors.Count(Selectors.ToolErrors, longer);
        Expression toolShare = toolErrors / Selectors.Count(Selectors.Answered, longer);
        var annotations = new AlertAnnotations(
            "meaning.tool_errors",
            context => context.Say("title.errors", context.Operation),
            context => Selectors.OfTools.Equals(context.Level.Calls)
                ? AnnotationSummaries.Failed(context, OperationOf(context), Selectors.OfTools, "share.tool_errors", Selectors.ServerErrors)
                : AnnotationSummaries.Failed(context, OperationOf(context), Selectors.OfOperations, "share.calls_failed", Selectors.ToolErrors))
        {
            Facts = [AnnotationFacts.ErrorTypes, AnnotationFacts.Breaker, AnnotationFacts.Owner],
        };
        return numbers.Rule(
            Selectors.ByOperation, annotations,
            numbers.Level(AlertSeverity.Medium, numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(failures.AtLeast(numbers.MinimumFailures)), share) with
            {
                Name = "server_errors",
                Calls = Selectors.OfOperations,
            },
            numbers.Level(AlertSeverity.Medium, toolShare.AtLeast(toolThreshold).OnlyIf(toolErrors.AtLeast(numbers.MinimumCalls)), toolShare, toolThreshold) with
            {
                Name = "tool_errors",
                Calls = Selectors.OfTools,
            }) with
        {
            Blame = Blame.Errors,
        };
    }

    private static AlertRule Slow(RuleNumbers numbers, double targetSeconds)
    {
        Expression p95 = new Quantile(P95, new HistogramIncrease(Selectors.Latency, numbers.Window));
        Expression limit = new LatencyTarget(0, numbers.Threshold);
        Expression isArmed = new KeepTrue(new Quantile(P95, new HistogramIncrease(Selectors.Latency, ArmingWindow)).AtMost(new LatencyTarget(targetSeconds, 0))
            .OnlyIf(Selectors.Count(Selectors.Latency, ArmingWindow).AtLeast(CallsToArm)));
        var annotations = new AlertAnnotations(
            "meaning.slow_operations",
            context => context.Say("title.p95", context.Operation, context.Texts.Seconds(context.Alert.Value)),
            context => AnnotationSummaries.Slow(context, "summary.slow_calls", "p95", Selectors.Latency.Of(OperationOf(context))))
        {
            Facts = [AnnotationFacts.ShareOfTime, AnnotationFacts.Breaker, AnnotationFacts.Owner],
        };
        return numbers.Rule(
            Selectors.ByOperation, annotations,
            numbers.Level(
                AlertSeverity.Medium,
                new Comparison(p95, RuleComparison.Above, limit, numbers.Resolve)
                    .OnlyIf(Selectors.Count(Selectors.Latency, numbers.Window).AtLeast(numbers.MinimumCalls)).And(isArmed),
                p95,
                limit)) with
        {
            Blame = Blame.Time,
        };
    }

    private static AlertRule Stuck(RuleNumbers numbers)
    {
        Expression age = new LargestOf(Selector.Of(MetricNames.ActiveRequestAge.Name, "operation_type!~\"function|http\""));
        var annotations = new AlertAnnotations(
            "meaning.stuck",
            context => context.Say("title.stuck", context.Texts.Kind(context.Label(AlertLabels.OperationType))),
            context => context.Say("summary.stuck", context.Texts.Seconds(context.Alert.Value)));
        return numbers.Rule([AlertLabels.OperationType], annotations, numbers.Level(AlertSeverity.High, numbers.Beyond(age, RuleComparison.Above), age));
    }

    private static AlertRule Looping(RuleNumbers numbers)
    {
        Expression refused = Selectors.Count(Selectors.ClientErrors, numbers.Window);
        Expression succeeded = Selectors.Count(Selectors.Successes, numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.looping",
            context => context.Operation == OperationLabels.Unknown ? context.Texts["title.looping_unknown"] : context.Say("title.looping", context.Operation),
            context => context.Say("summary.looping", context.Count(Selectors.ClientErrors.Of(OperationOf(context)), numbers.Window), context.Texts.Span(numbers.Window)))
        {
            Facts = [context => Client(context, numbers.Window), AnnotationFacts.Owner],
        };
        return numbers.Rule(
            Selectors.ByOperation, annotations,
            numbers.Level(AlertSeverity.Medium, refused.AtLeast(numbers.MinimumFailures).And(succeeded.AtMost(0)), refused, numbers.MinimumFailures));
    }

    private static string? Client(AnnotationContext context, TimeSpan window)
    {
        string? client = context.Inputs.Clients?.MostAtFault(context.Alert.Labels[AlertLabels.OperationType], context.Alert.Labels[AlertLabels.Operation])
            ?? (context.CountBy(Selector.Of(MetricNames.RequestsByClient.Name, "outcome=\"client_error\""), "client", window) is [var most, ..] ? most.Name : null);
        return client switch
        {
            null => null,
            OperationLabels.Other => context.Texts["fact.client_unknown"],
            _ => context.Say("fact.client", AnnotationContext.Short(client)),
        };
    }

    // The dependency is to blame, and is no label of the calls.
    private static AlertLabels OperationOf(AnnotationContext context) => context.Alert.Labels.Without(AlertLabels.Dependency);
}
