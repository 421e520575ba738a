using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Infrastructure;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of the process and of the monitoring itself.</summary>
internal static class SelfMonitoringRules
{
    private const double FailedEvaluations = 3;
    private static readonly TimeSpan Once = TimeSpan.FromDays(30);
    private static readonly Selector DeadLetters = Selector.Of(MetricNames.Notifications.Name, "result=\"dead\"");
    private static readonly string[] ByChannel = [AlertLabels.Channel];
    private static readonly string[] ByRule = ["rule"];
    private static readonly string[] ByMetric = ["metric"];

    private static readonly RuleNumbers AtOnce = new() { For = TimeSpan.Zero };

    public static IEnumerable<CatalogueRule> All { get; } =
    [
        new("McpCrashLoop", AtOnce with { Threshold = 3, Repeat = Once }, CrashLoop),
        new("McpChannelDown", AtOnce with { MinimumFailures = 3 }, ChannelDown),
        new("McpUncleanStop", AtOnce with { Repeat = Once }, numbers => Said(
            numbers, SignalNames.UncleanStop, [], "The stop before this start was not clean.", _ => "unclean stop", _ => "The process ended without stopping") with { IsEvent = true }),
        new("McpAlertStoreDegraded", AtOnce, numbers => Said(
            numbers, SignalNames.StoreDegraded, [], "Alerts cannot be written down, and would not survive a crash.", _ => "alerts not stored",
            _ => "Alerts cannot be written to their store; they are kept in memory")),
        new("McpAlertInstancesTruncated", AtOnce, numbers => Said(
            numbers, SignalNames.InstancesTruncated, ByRule, "A rule has as many alerts as it may; further ones are not looked after.",
            context => $"too many alerts of {context.Label("rule")}", context => $"Rule {context.Label("rule")} has as many alerts as it may; others are not seen")),
        new("McpAlertRuleFailing", AtOnce with { Threshold = FailedEvaluations }, numbers => Said(
            numbers, SignalNames.RuleFailures, ByRule, "A rule cannot be evaluated.",
            context => $"rule {context.Label("rule")} failing", context => $"Rule {context.Label("rule")} could not be evaluated {TextFormat.Count(context.Alert.Value)} times in a row; it stays as it was")),
        new("McpSeriesLimited", AtOnce, SeriesLimited),
        new("McpMetricsAbsent", new RuleNumbers { Window = TimeSpan.FromHours(1) }, MetricsAbsent),
    ];

    // Whether something is said is enough: a threshold of 0 stands for yes, another for as much as it is.
    private static AlertRule Said(RuleNumbers numbers, string signal, string[] by, string meaning, Func<AnnotationContext, string> title, Func<AnnotationContext, string> summary)
    {
        Expression said = new Signal(signal);
        var annotations = new AlertAnnotations(meaning, title, summary) { Facts = [context => string.Join(' ', context.FactsOf(signal))] };
        return numbers.Rule(
            by, annotations,
            numbers.Level(AlertSeverity.Medium, numbers.Threshold == 0 ? said.Above(0) : numbers.Beyond(said, RuleComparison.AtLeast), said)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static AlertRule CrashLoop(RuleNumbers numbers)
    {
        Expression stops = new Signal(SignalNames.UncleanStops);
        var annotations = new AlertAnnotations("The process ends and starts again and again.", _ => "crash loop", context => $"{TextFormat.Count(context.Alert.Value)} unclean stops in 10 min")
        {
            Facts = [context => string.Join(' ', context.FactsOf(SignalNames.UncleanStops))],
        };
        return numbers.Rule([], annotations, numbers.Level(AlertSeverity.Critical, numbers.Beyond(stops, RuleComparison.AtLeast), stops)) with
        {
            IsInProcessOnly = true,
            IsEvent = true,
        };
    }

    private static AlertRule ChannelDown(RuleNumbers numbers)
    {
        Expression failures = new Signal(SignalNames.ChannelFailures);
        Expression isDown = new Signal(SignalNames.ChannelCheckFailed).Above(0)
            .Or(failures.AtLeast(numbers.MinimumFailures))
            .Or(Selectors.Count(DeadLetters, numbers.Window).Above(0))
            .Or(new Signal(SignalNames.ChannelOldestSeconds).Above(numbers.Window.TotalSeconds));
        var annotations = new AlertAnnotations(
            "A channel to people does not deliver.",
            context => $"channel {context.Label(AlertLabels.Channel)} down",
            context => ChannelSummary(context, numbers.Window))
        {
            Facts = [context => string.Join(' ', context.FactsOf(SignalNames.ChannelCheckFailed).Concat(context.FactsOf(SignalNames.ChannelFailures)).Distinct(StringComparer.Ordinal))],
        };
        return numbers.Rule(ByChannel, annotations, numbers.Level(AlertSeverity.High, isDown, failures, numbers.MinimumFailures)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static string ChannelSummary(AnnotationContext context, TimeSpan window)
    {
        double oldest = Said(context, SignalNames.ChannelOldestSeconds);
        string waiting = oldest > 0 ? $"; the oldest unsent message waits for {TextFormat.Seconds(oldest)}" : "";
        return Said(context, SignalNames.ChannelFailures) is > 0 and var failures
            ? $"{TextFormat.Count(failures)} notifications failed since the last that arrived{waiting}"
            : Said(context, SignalNames.ChannelCheckFailed) > 0 ? $"Its self-check failed{waiting}"
            : context.CountBy(DeadLetters, AlertLabels.Channel, window).FirstOrDefault(dead => dead.Name == context.Label(AlertLabels.Channel)).Count is > 0 and var dead
                ? $"{TextFormat.Count(dead)} notifications could not be delivered for good in {TextFormat.Span(window)}{waiting}"
            : $"It does not deliver{waiting}";
    }

    private static double Said(AnnotationContext context, string signal) => context.Signals.Of(signal).Where(context.IsAbout).Select(said => said.Value).DefaultIfEmpty(0).Max();

    private static AlertRule SeriesLimited(RuleNumbers numbers)
    {
        Expression limited = Selectors.Count(Selector.Of(MetricNames.LimitedSeries.Name), numbers.Window);
        var annotations = new AlertAnnotations(
            "A metric has as many series as it may; further values are counted as _other.",
            context => $"{context.Label("metric")} limited",
            context => $"{TextFormat.Count(context.Alert.Value)} times in {TextFormat.Span(numbers.Window)} a value became _other: the metric has as many series as it may");
        return numbers.Rule(ByMetric, annotations, numbers.Level(AlertSeverity.Low, numbers.Beyond(limited, RuleComparison.Above), limited));
    }

    private static AlertRule MetricsAbsent(RuleNumbers numbers)
    {
        // From inside the process nobody sees that it is gone.
        Expression started = Selectors.Last(Selector.Of(MetricNames.StartTime.Name));
        var annotations = new AlertAnnotations("Metrics that were there an hour ago are gone: the process, or the way to it.", _ => "metrics absent", _ => "Metrics that were there an hour ago are gone");
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.High, Selectors.Last(Selector.Of(MetricNames.StartTime.Name), numbers.Window).Above(0).And(started.OrZero().AtMost(0)), started, 0)) with
        {
            IsExportedOnly = true,
        };
    }
}
