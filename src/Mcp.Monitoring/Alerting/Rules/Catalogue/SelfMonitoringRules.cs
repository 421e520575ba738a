using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of the process and of the monitoring itself.</summary>
internal static class SelfMonitoringRules
{
    private const double FailedEvaluations = 3;
    private static readonly TimeSpan LoopWindow = TimeSpan.FromMinutes(10);
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
            numbers, SignalNames.UncleanStop, [], "meaning.unclean_stop", context => context.Texts["title.unclean_stop"], context => context.Texts["summary.unclean_stop"]) with { IsEvent = true }),
        new("McpAlertStoreDegraded", AtOnce, numbers => Said(
            numbers, SignalNames.StoreDegraded, [], "meaning.not_stored", context => context.Texts["title.not_stored"],
            context => context.Texts["summary.not_stored"])),
        new("McpAlertInstancesTruncated", AtOnce, numbers => Said(
            numbers, SignalNames.InstancesTruncated, ByRule, "meaning.truncated",
            context => context.Say("title.truncated", context.Label("rule")), context => context.Say("summary.truncated", context.Label("rule")))),
        new("McpAlertRuleFailing", AtOnce with { Threshold = FailedEvaluations }, numbers => Said(
            numbers, SignalNames.RuleFailures, ByRule, "meaning.rule_failing",
            context => context.Say("title.rule_failing", context.Label("rule")), context => context.Say("summary.rule_failing", context.Label("rule"), context.Alert.Value))),
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
        var annotations = new AlertAnnotations("meaning.crash_loop", context => context.Texts["title.crash_loop"], context => context.Say("summary.crash_loop", context.Alert.Value, context.Texts.Span(LoopWindow)))
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
            "meaning.channel_down",
            context => context.Say("title.channel_down", context.Label(AlertLabels.Channel)),
            context => ChannelSummary(context, numbers.Window))
        {
            Facts = [ChannelError],
        };
        return numbers.Rule(ByChannel, annotations, numbers.Level(AlertSeverity.High, isDown, failures, numbers.MinimumFailures)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static string ChannelSummary(AnnotationContext context, TimeSpan window)
    {
        double oldest = Said(context, SignalNames.ChannelOldestSeconds);
        string said = Said(context, SignalNames.ChannelFailures) is > 0 and var failures ? context.Say("summary.channel_failed", failures)
            : Said(context, SignalNames.ChannelCheckFailed) > 0 ? context.Texts["summary.channel_check"]
            : context.CountBy(DeadLetters, AlertLabels.Channel, window).FirstOrDefault(dead => dead.Name == context.Label(AlertLabels.Channel)).Count is > 0 and var dead
                ? context.Say("summary.channel_dead", dead, context.Texts.Span(window))
            : context.Texts["summary.channel_silent"];
        return oldest > 0 ? context.Say("summary.channel_waiting", said, context.Texts.Seconds(oldest)) : said;
    }

    // In the words of the channel, or of whoever is behind it.
    private static string? ChannelError(AnnotationContext context) =>
        string.Join(' ', context.FactsOf(SignalNames.ChannelCheckFailed).Concat(context.FactsOf(SignalNames.ChannelFailures)).Distinct(StringComparer.Ordinal)) is { Length: > 0 } error
            ? context.Say("fact.error", error)
            : null;

    private static double Said(AnnotationContext context, string signal) => context.Signals.Of(signal).Where(context.IsAbout).Select(said => said.Value).DefaultIfEmpty(0).Max();

    private static AlertRule SeriesLimited(RuleNumbers numbers)
    {
        Expression limited = Selectors.Count(Selector.Of(MetricNames.LimitedSeries.Name), numbers.Window);
        var annotations = new AlertAnnotations(
            "meaning.series_limited",
            context => context.Say("title.series_limited", context.Label("metric")),
            context => context.Say("summary.series_limited", context.Alert.Value, context.Texts.Span(numbers.Window)));
        return numbers.Rule(ByMetric, annotations, numbers.Level(AlertSeverity.Low, numbers.Beyond(limited, RuleComparison.Above), limited));
    }

    private static AlertRule MetricsAbsent(RuleNumbers numbers)
    {
        // From inside the process nobody sees that it is gone.
        Expression started = Selectors.Last(Selector.Of(MetricNames.StartTime.Name));
        var annotations = new AlertAnnotations("meaning.metrics_absent", context => context.Texts["title.metrics_absent"], context => context.Texts["summary.metrics_absent"]);
        return numbers.Rule(
            [], annotations,
            numbers.Level(AlertSeverity.High, Selectors.Last(Selector.Of(MetricNames.StartTime.Name), numbers.Window).Above(0).And(started.OrZero().AtMost(0)), started, 0)) with
        {
            IsExportedOnly = true,
        };
    }
}
