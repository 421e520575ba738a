using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>One alert and what is known around it, read when somebody is told; on the engine's thread.</summary>
internal sealed class AnnotationContext(ActiveAlert alert, AlertRule rule, RuleInputs inputs, IStateSignals signals, AlertClock clock)
{
    private const int LongestName = 80;
    private static readonly TimeSpan LongestOfTimes = TimeSpan.FromHours(1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(90);

    private TimeSpan? _lastSuccess;

    public ActiveAlert Alert => alert;

    /// <summary>Gets the language that it is told in.</summary>
    public AlertTexts Texts => inputs.Texts();

    /// <summary>Gets the level that makes its severity.</summary>
    public RuleLevel Level => rule.Levels[Math.Clamp(alert.Level, 0, rule.Levels.Count - 1)];

    /// <summary>Gets the time that its numbers are of: that of its level, of failures in a row since the first of them.</summary>
    public TimeSpan Window => Level.Streak is not null ? Now - alert.StartedAt + LastChange.Resolution : Level.Window;

    /// <summary>Gets that time as people are told.</summary>
    public TimeSpan Span => Level.Streak is not null ? TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(((NoCallsSince ?? Now) - alert.StartedAt).TotalMinutes))) : Level.Window;

    /// <summary>Gets since when nobody has called, where all calls failed and that is long ago.</summary>
    public TimeSpan? NoCallsSince => Level.Streak is not null && alert.QuietSince is null && Now - alert.LastFailureAt >= Long ? alert.LastFailureAt : null;

    /// <summary>Gets the time that facts count over.</summary>
    public FactWindow Counts => FactsOver(OutcomeTracker.Memory);

    /// <summary>Gets the time that facts add up times over: these are not kept for as long.</summary>
    public FactWindow Times => FactsOver(LongestOfTimes);

    public RuleInputs Inputs => inputs;

    public ISeriesSource Series => inputs.Series;

    public IStateSignals Signals => signals;

    public TimeSpan Now => inputs.Series.Now;

    public string Operation => Short(alert.Labels[AlertLabels.Operation]);

    public string Dependency => Short(alert.Labels[AlertLabels.Dependency]);

    public OperationTraits Traits => inputs.Traits(alert.Labels[AlertLabels.OperationType], alert.Labels[AlertLabels.Operation]);

    /// <summary>Gets where the attribute of its operation says what to do.</summary>
    public string? RunbookOfOperation => alert.Labels[AlertLabels.Operation].Length > 0 && Traits.Runbook is { } link && AlertNames.IsLink(link) ? link : null;

    public string Label(string name) => Short(alert.Labels[name]);

    /// <summary>Keeps the first instant that was found for the last success: the older it is, the coarser are the samples.</summary>
    public TimeSpan LastSuccess(TimeSpan found)
    {
        if (_lastSuccess is not { } known || (found - known).Duration() >= Coarse)
        {
            _lastSuccess = known = found;
        }

        return known;
    }

    /// <summary>Fills a text: see <see cref="AlertTexts.Say"/>.</summary>
    public string Say(string key, params object[] values) => Texts.Say(key, values);

    /// <summary>Writes the time of an instant.</summary>
    public string TimeOf(TimeSpan instant) => inputs.TimeText(clock.ToUtc(instant));

    /// <summary>Counts what happened to the series of a selector together.</summary>
    public double Count(Selector selector, TimeSpan window) => Series.Sum(selector, series => Series.Count(series, window));

    /// <summary>Gets the average of what the histograms of a selector observed; NaN without any.</summary>
    public double Average(Selector selector, TimeSpan window) =>
        Series.Sum(selector, series => Series.SumIncrease(series, window)) / Series.Sum(selector, series => Series.Increase(series, window));

    /// <summary>Counts by the values of a label, the most first, without those of which there is nothing.</summary>
    public IReadOnlyList<(string Name, double Count)> CountBy(Selector selector, string label, TimeSpan window) =>
    [
        .. Series.SumBy(selector, label, series => Series.Count(series, window))
            .Where(pair => pair.Value > 0)
            .Select(pair => (Name: Short(pair.Key), Count: pair.Value))
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    public double Last(Selector selector) => Series.Sum(selector, Series.Last);

    /// <summary>Finds out whether a signal is about what this alert is about.</summary>
    public bool IsAbout(StateSignal signal) => signal.Labels.All(label => alert.Labels[label.Key] == label.Value);

    /// <summary>Gets what was said of the signals that this alert comes from.</summary>
    public IEnumerable<string> FactsOf(string signal) => signals.Of(signal)
        .Where(IsAbout)
        .SelectMany(said => said.Facts);

    /// <summary>Cuts a name: names are of lists that the host owns, and may be as long as it likes.</summary>
    public static string Short(string name) => TextCut.At(name, LongestName);

    private FactWindow FactsOver(TimeSpan longest)
    {
        // Where the sentence tells of an instant, as long as is enough for few calls, and short enough for what is new.
        TimeSpan window = Level.Streak is null && Level.Window == default ? RootCauseDependency.Window : Window;
        window = window < longest ? window : longest;
        return Level.Streak is not null && alert.StartedAt < TimeSpan.Zero && Now <= longest
            ? new FactWindow(Now, $" {Texts["window.since_start"]}")
            : new FactWindow(window, window == Window ? "" : $" {Say("window.in", Texts.Span(window))}");
    }
}
