using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of the server as a whole: transport, HTTP, authentication, load, health.</summary>
internal static class ServerRules
{
    private static readonly string[] ByCheck = ["check"];

    public static IEnumerable<CatalogueRule> Of(ThresholdOptions thresholds) =>
    [
        new("McpTransportErrors", new RuleNumbers { Threshold = 0.05, MinimumFailures = 10 }, numbers => Transport(numbers, thresholds.TransportErrorsPerSecond)),
        new("McpHttpErrors", new RuleNumbers { Threshold = 0.05, MinimumFailures = 5 }, Http),
        new("McpAuthBroken", new RuleNumbers { Threshold = thresholds.AuthErrorsPerSecond, MinimumFailures = 3 }, AuthBroken),
        new(
            "McpAuthRefused",
            new RuleNumbers { Window = TimeSpan.FromMinutes(10), Threshold = 0.20, MinimumFailures = 10 },
            numbers => AuthRefused(numbers, thresholds.AuthErrorsPerSecond)),
        new("McpActiveRequestsHigh", new RuleNumbers { For = TimeSpan.FromMinutes(5), Threshold = thresholds.ActiveRequests }, ActiveRequests),
        new("McpHealthUnhealthy", new RuleNumbers(), Unhealthy),
        new("McpThreadPoolStarved", new RuleNumbers { Threshold = 100 }, ThreadPoolStarved),
    ];

    private static AlertRule Transport(RuleNumbers numbers, double perSecond)
    {
        var errors = Selector.Of(MetricNames.Errors.Name, "error_type=\"transport\"", "outcome=\"server_error\"");
        Expression failures = Selectors.Count(errors, numbers.Window);
        Expression share = failures / Selectors.Count(Selectors.Requests, numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.transport",
            context => context.Texts["title.transport"],
            context => AnnotationSummaries.Share(context, errors, Selectors.Requests, numbers.Window, "share.transport"))
        {
            Facts = [context => AnnotationFacts.Listed(context, "fact.operations", errors, AlertLabels.Operation)],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(
                AlertSeverity.High,
                numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(Selectors.IsOften(failures, numbers, perSecond)),
                share));
    }

    private static AlertRule Http(RuleNumbers numbers)
    {
        var all = Selector.Of(MetricNames.HttpRequestDuration.Name);
        Selector failed = all.With("status_code=~\"5..\"");
        Expression failures = Selectors.Count(failed, numbers.Window);
        Expression share = failures / Selectors.Count(all, numbers.Window);
        var annotations = new AlertAnnotations("meaning.http", context => context.Texts["title.http"], context => AnnotationSummaries.Share(context, failed, all, numbers.Window, "share.http"))
        {
            Facts =
            [
                context => AnnotationFacts.Listed(context, "fact.routes", failed, "route"),
                context => AnnotationFacts.Listed(context, "fact.status", failed, "status_code"),
            ],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.High, numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(failures.AtLeast(numbers.MinimumFailures)), share) with
            {
                Calls = new CallOutcomes(failed, all.With("status_code!~\"5..\"")),
            }) with
        {
            Blame = Blame.Errors,
        };
    }

    private static AlertRule AuthBroken(RuleNumbers numbers)
    {
        var errors = Selector.Of(MetricNames.Errors.Name, "error_type=\"auth\"", "outcome=\"server_error\"");
        Expression failures = Selectors.Count(errors, numbers.Window);
        Expression rate = failures / numbers.Window.TotalSeconds;
        var annotations = new AlertAnnotations(
            "meaning.auth_broken",
            context => context.Texts["title.auth_broken"],
            context => context.Say("summary.auth_broken", context.Count(errors, numbers.Window), context.Texts.Span(numbers.Window)))
        {
            Facts = [context => AnnotationFacts.Listed(context, "fact.operations", errors, AlertLabels.Operation)],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.Critical, numbers.Beyond(rate, RuleComparison.Above).And(failures.AtLeast(numbers.MinimumFailures)), rate)) with
        {
            Blame = Blame.Errors,
        };
    }

    private static AlertRule AuthRefused(RuleNumbers numbers, double perSecond)
    {
        var errors = Selector.Of(MetricNames.Errors.Name, "error_type=\"auth\"", "outcome=\"client_error\"");
        Expression refused = Selectors.Count(errors, numbers.Window);

        // What HTTP refuses never becomes an operation.
        Expression requests = Selectors.Count(Selectors.Requests, numbers.Window) + Selectors.Count(errors.With("operation_type=\"http\""), numbers.Window);
        Expression share = refused / requests;
        var annotations = new AlertAnnotations(
            "meaning.auth_refused",
            context => context.Texts["title.auth_refused"],
            context => Refused(context, context.Count(errors, numbers.Window), numbers.Window))
        {
            Facts =
            [
                context => AnnotationFacts.Listed(context, "fact.operations", errors, AlertLabels.Operation),
                context => AnnotationFacts.Listed(context, "fact.clients", Selector.Of(MetricNames.RequestsByClient.Name, "outcome=\"client_error\""), "client"),
            ],
        };
        return numbers.Rule(
            [], annotations,
            numbers.Level(
                AlertSeverity.Medium,
                numbers.Beyond(share, RuleComparison.AtLeast).OnlyIf(Selectors.IsOften(refused, numbers, perSecond)),
                share));
    }

    private static AlertRule ActiveRequests(RuleNumbers numbers)
    {
        var inProgress = Selector.Of(MetricNames.ActiveRequests.Name, "operation_type!~\"function|http\"");
        Expression active = Selectors.Last(inProgress) - new Signal(SignalNames.RequestsWaiting);
        var annotations = new AlertAnnotations(
            "meaning.active_requests",
            context => context.Texts["title.active_requests"],
            context => context.Say("summary.active_requests", context.Alert.Value, context.Alert.Limit))
        {
            Facts = [Oldest, AnnotationFacts.ShareOfTime],
        };
        return numbers.Rule([], annotations, numbers.Level(AlertSeverity.High, numbers.Beyond(active, RuleComparison.Above), active)) with
        {
            IsPerInstance = true,
            Blame = Blame.Time,
        };
    }

    private static string? Oldest(AnnotationContext context)
    {
        double oldest = 0;
        foreach (Sampling.SampledSeries series in context.Series.Of(MetricNames.ActiveRequestAge.Name))
        {
            oldest = Root.Is(series.Label(AlertLabels.OperationType)) ? Math.Max(oldest, context.Series.Last(series)) : oldest;
        }

        return oldest > 0 ? context.Say("fact.oldest", context.Texts.Seconds(oldest)) : null;
    }

    private static AlertRule Unhealthy(RuleNumbers numbers)
    {
        Expression unhealthy = Selectors.Last(Selector.Of(MetricNames.HealthCheckStatus.Name, "status=\"unhealthy\""));
        var annotations = new AlertAnnotations(
            "meaning.unhealthy",
            context => context.Say("title.unhealthy", context.Label("check")),
            context => context.Say("summary.unhealthy", context.Label("check"), context.Texts.Span(context.Now - context.Alert.StartedAt)));
        return numbers.Rule(ByCheck, annotations, numbers.Level(AlertSeverity.High, unhealthy.Above(0), unhealthy, 0));
    }

    private static AlertRule ThreadPoolStarved(RuleNumbers numbers)
    {
        Expression queue = new Signal(SignalNames.ThreadPoolQueue);
        var annotations = new AlertAnnotations(
            "meaning.thread_pool",
            context => context.Texts["title.thread_pool"],
            context => context.Say("summary.thread_pool", context.Alert.Value))
        {
            Facts = [context => string.Join(' ', context.FactsOf(SignalNames.ThreadPoolQueue))],
        };
        return numbers.Rule([], annotations, numbers.Level(AlertSeverity.High, numbers.Beyond(queue, RuleComparison.Above), queue)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static string Refused(AnnotationContext context, double count, TimeSpan window)
    {
        string refused = context.Say("summary.auth_refused", count, context.Texts.Span(window));
        return double.IsFinite(context.Alert.Value) ? $"{refused} ({context.Texts.Percent(context.Alert.Value)})" : refused;
    }
}
