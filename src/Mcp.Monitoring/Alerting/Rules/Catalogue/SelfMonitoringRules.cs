using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
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
            "McpUncleanStop", numbers, SignalNames.UncleanStop, [], "The stop before this start was not clean.", _ => "unclean stop", _ => "The process ended without stopping") with { IsEvent = true }),
        new("McpAlertStoreDegraded", AtOnce, numbers => Said(
            "McpAlertStoreDegraded", numbers, SignalNames.StoreDegraded, [], "Alerts cannot be written down, and would not survive a crash.", _ => "alerts not stored",
            _ => "Alerts cannot be written to their store; they are kept in memory")),
        new("McpAlertInstancesTruncated", AtOnce, numbers => Said(
            "McpAlertInstancesTruncated", numbers, SignalNames.InstancesTruncated, ByRule, "A rule has as many alerts as it may; further ones are not looked after.",
            told => $"too many alerts of {told.Label("rule")}", told => $"Rule {told.Label("rule")} has as many alerts as it may; others are not seen")),
        new("McpAlertRuleFailing", AtOnce with { Threshold = FailedEvaluations }, numbers => Said(
            "McpAlertRuleFailing", numbers, SignalNames.RuleFailures, ByRule, "A rule cannot be evaluated.",
            told => $"rule {told.Label("rule")} failing", told => $"Rule {told.Label("rule")} could not be evaluated {Wording.Count(told.Alert.Value)} times in a row; it stays as it was")),
        new("McpSeriesLimited", AtOnce, SeriesLimited),
        new("McpMetricsAbsent", new RuleNumbers { Window = TimeSpan.FromHours(1) }, MetricsAbsent),
    ];

    // Whether something is said is enough: a threshold of 0 stands for yes, another for as much as it is.
    private static AlertRule Said(string name, RuleNumbers numbers, string signal, string[] by, string meaning, Func<AnnotationContext, string> title, Func<AnnotationContext, string> summary)
    {
        Expression said = new Signal(signal);
        var story = new AlertAnnotations(meaning, title, summary) { Facts = [told => string.Join(' ', told.FactsOf(signal))] };
        return numbers.Rule(
            name, by, story,
            numbers.Level(AlertSeverity.Medium, numbers.Threshold == 0 ? said.Above(0) : numbers.Beyond(said, RuleComparison.AtLeast), said)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static AlertRule CrashLoop(RuleNumbers numbers)
    {
        Expression stops = new Signal(SignalNames.UncleanStops);
        var story = new AlertAnnotations("The process ends and starts again and again.", _ => "crash loop", told => $"{Wording.Count(told.Alert.Value)} unclean stops in 10 min")
        {
            Facts = [told => string.Join(' ', told.FactsOf(SignalNames.UncleanStops))],
        };
        return numbers.Rule("McpCrashLoop", [], story, numbers.Level(AlertSeverity.Critical, numbers.Beyond(stops, RuleComparison.AtLeast), stops)) with
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
        var story = new AlertAnnotations(
            "A channel to people does not deliver.",
            told => $"channel {told.Label(AlertLabels.Channel)} down",
            told => ChannelSummary(told, numbers.Window))
        {
            Facts = [told => string.Join(' ', told.FactsOf(SignalNames.ChannelCheckFailed).Concat(told.FactsOf(SignalNames.ChannelFailures)).Distinct(StringComparer.Ordinal))],
        };
        return numbers.Rule("McpChannelDown", ByChannel, story, numbers.Level(AlertSeverity.High, isDown, failures, numbers.MinimumFailures)) with
        {
            IsInProcessOnly = true,
        };
    }

    private static string ChannelSummary(AnnotationContext telling, TimeSpan window)
    {
        double oldest = Said(telling, SignalNames.ChannelOldestSeconds);
        string waiting = oldest > 0 ? $"; the oldest unsent message waits for {Wording.Seconds(oldest)}" : "";
        return Said(telling, SignalNames.ChannelFailures) is > 0 and var failures
            ? $"{Wording.Count(failures)} notifications failed since the last that arrived{waiting}"
            : Said(telling, SignalNames.ChannelCheckFailed) > 0 ? $"Its self-check failed{waiting}"
            : telling.CountBy(DeadLetters, AlertLabels.Channel, window).FirstOrDefault(dead => dead.Name == telling.Label(AlertLabels.Channel)).Count is > 0 and var dead
                ? $"{Wording.Count(dead)} notifications could not be delivered for good in {Wording.Span(window)}{waiting}"
            : $"It does not deliver{waiting}";
    }

    private static double Said(AnnotationContext telling, string signal) => telling.Signals.Of(signal).Where(telling.IsAbout).Select(said => said.Value).DefaultIfEmpty(0).Max();

    private static AlertRule SeriesLimited(RuleNumbers numbers)
    {
        Expression limited = Selectors.Count(Selector.Of(MetricNames.LimitedSeries.Name), numbers.Window);
        var story = new AlertAnnotations(
            "A metric has as many series as it may; further values are counted as _other.",
            told => $"{told.Label("metric")} limited",
            told => $"{Wording.Count(told.Alert.Value)} times in {Wording.Span(numbers.Window)} a value became _other: the metric has as many series as it may");
        return numbers.Rule("McpSeriesLimited", ByMetric, story, numbers.Level(AlertSeverity.Low, numbers.Beyond(limited, RuleComparison.Above), limited));
    }

    private static AlertRule MetricsAbsent(RuleNumbers numbers)
    {
        // From inside the process nobody sees that it is gone.
        Expression started = Selectors.Last(Selector.Of(MetricNames.StartTime.Name));
        var story = new AlertAnnotations("Metrics that were there an hour ago are gone: the process, or the way to it.", _ => "metrics absent", _ => "Metrics that were there an hour ago are gone");
        return numbers.Rule(
            "McpMetricsAbsent", [], story,
            numbers.Level(AlertSeverity.High, Selectors.Last(Selector.Of(MetricNames.StartTime.Name), numbers.Window).Above(0).And(started.OrZero().AtMost(0)), started, 0)) with
        {
            IsExportedOnly = true,
        };
    }
}
