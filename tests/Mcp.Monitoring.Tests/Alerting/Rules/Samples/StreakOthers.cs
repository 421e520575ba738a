using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>
/// Failures in a row that only one window of a level shows: fewer are in those below it, and a success is in those above it. A window has what is younger than it is long,
/// in minutes: what happened at minute 10 is 3 minutes old at minute 13.
/// </summary>
internal sealed class StreakOthers
{
    private const int Start = 10, Soon = 3;

    // One call counts for more than one in a window that is longer than the samples in it.
    private const double Half = 0.5;

    private readonly StreakSeries _series;

    private StreakOthers(StreakSeries series) => _series = series;

    /// <param name="rule">The rule.</param>
    /// <param name="level">Which of its levels.</param>
    /// <param name="series">What its calls are.</param>
    public static IReadOnlyList<OtherSamples> Of(string rule, int level, StreakSeries series)
    {
        FailureStreak streak = SampledRun.RuleOf(rule, level).Levels[0].Streak!;
        var format = new PromQLFormat([]);
        TimeSpan[] windows = [.. streak.WindowsOf(format)];
        var samples = new StreakOthers(series);
        StreakWindow first = Window(windows[0], streak.Usual);
        return
        [
            .. samples.OfFirst(first),
            .. first.Span > 0 ? [samples.GoesOn(first)] : Array.Empty<OtherSamples>(),
            .. streak.Dense is { } many ? samples.OfFirst(Window(streak.DenseWindowOf(format, many), many)) : [],
            .. windows.Skip(1).SelectMany(window => samples.OfOther(Window(window, streak.Usual))),
        ];

        StreakWindow Window(TimeSpan window, StreakLength length) => new(window, (int)length.Failures, length.Span == default ? TimeSpan.Zero : format.Widened(length.Span));
    }

    // In a window that is just longer than they must last, the first of them is as old as it can be.
    private IEnumerable<OtherSamples> OfFirst(StreakWindow window)
    {
        int end = Start + window.Minutes;
        yield return Sample("exactly enough", true, window, History().Succeed(Start).Fail(Start + 1).Fail(end, window.Failures - 1).Succeed(end + 1));
        yield return Sample("a success with the first", false, window, History().Fail(Start).Succeed(Start).Fail(end - 1, window.Failures - 1).Succeed(end));
        yield return Sample("one before the success", false, window, History().Fail(Start).Succeed(Start).Fail(Start + 1).Fail(end, window.Failures - 2).Succeed(end + 1));
        if (window.Span > 0)
        {
            yield return Sample("the last by itself", true, window, History().Succeed(Start).Fail(Start + 1, window.Failures - 1).Fail(end).Succeed(end + 1));
            yield return AtOnce(window);
            yield return Sample("too close together", false, window, History().Fail(Start).Fail(Start + window.Span - 1, window.Failures - (window.Span > 1 ? 1 : 0)));
        }

        if (_series.Others.Length > 0)
        {
            yield return Sample("another at last", true, window, History().Succeed(Start).Fail(Start + 1).FailElsewhere(end, window.Failures - 1).Succeed(end + 1));
            yield return Sample("another before the success", false, window, History().FailElsewhere(Start).Succeed(Start).Fail(Start + 1).Fail(end, window.Failures - 1).Succeed(end + 1));
        }
    }

    // More than enough, so that it goes on when the first is out of the window.
    private OtherSamples GoesOn(StreakWindow window)
    {
        int end = Start + window.Minutes;
        return Sample("goes on", true, window, History().Succeed(Start).Fail(Start + 1).Fail(end, window.Failures).Succeed(end + 2));
    }

    // What fails before the success and one more is enough for a window that is too short to see the success, all but one are for one that looks back too far; the
    // last comes when the success is out of the window, and then nothing fails for a while.
    private IEnumerable<OtherSamples> OfOther(StreakWindow window)
    {
        int second = Start + Math.Max(window.Minutes / 2, Soon);
        int end = Start + window.Minutes;
        int last = end + Math.Max(1, (window.Span + 1) / 2);
        yield return Sample("one after the other", true, window, Slowly().Fail(Start, window.Failures - 1).Succeed(Math.Min(last + Soon, second + window.Minutes)));
        if (window.Span > 0)
        {
            yield return AtOnce(window);
        }

        if (_series.Others.Length > 0)
        {
            yield return Sample("another at last", true, window, Slowly().FailElsewhere(Start, window.Failures - 1).FailElsewhere(last + 1).Succeed(last + 1 + (window.Minutes / 2) + 1));
        }

        StreakHistory Slowly() => History().Succeed(Start).Fail(second).Fail(end, window.Failures - 1 - Half).Fail(last, Half);
    }

    // Failures before them, as long ago as the window is long, say nothing.
    private OtherSamples AtOnce(StreakWindow window) =>
        Sample("all at once", false, window, History().Fail(Start).Succeed(Start).Fail(Start + window.Minutes, window.Failures));

    private StreakHistory History() => new(_series);

    private static OtherSamples Sample(string what, bool fires, StreakWindow window, StreakHistory history) =>
        new($"{what}, {window.Text}", fires, history.ToString()) { Window = window.Text, Minutes = history.Minutes };

    /// <summary>A window, and how many failures it must have, the first of them so long before the last.</summary>
    private sealed record StreakWindow(TimeSpan Window, int Failures, TimeSpan Lasting)
    {
        public int Minutes => (int)Window.TotalMinutes;

        public int Span => (int)Lasting.TotalMinutes;

        public string Text => PromQL.Text(Window);
    }
}
