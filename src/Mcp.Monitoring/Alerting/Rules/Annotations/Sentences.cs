using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>What is the matter, with numbers.</summary>
internal static class Sentences
{
    /// <summary>Says how many of how many: <c>14 of 20 calls failed in 5 min</c>.</summary>
    public static string Share(AnnotationContext telling, Selector some, Selector all, TimeSpan window, string what) => Share(telling, telling.Alert.Labels, some, all, window, what);

    public static string Share(AnnotationContext telling, AlertLabels labels, Selector some, Selector all, TimeSpan window, string what)
    {
        double part = telling.Count(some.Of(labels), window);
        double whole = telling.Count(all.Of(labels), window);
        return Share(part, whole, window, what);
    }

    public static string Share(double part, double whole, TimeSpan window, string what) =>
        $"{Wording.Count(part)} of {Wording.Count(Math.Max(part, whole))} {what} in {Wording.Span(window)}{(part < whole ? $" ({Wording.Percent(part / whole)})" : "")}";

    /// <summary>Says how many of how many calls failed, in the time that the level of the alert judges.</summary>
    /// <param name="telling">The alert.</param>
    /// <param name="labels">What it is about.</param>
    /// <param name="calls">The calls that fail, and those that succeed.</param>
    /// <param name="what">What became of them.</param>
    /// <param name="neither">Calls that count, and neither fail nor succeed.</param>
    public static string Failed(AnnotationContext telling, AlertLabels labels, CallOutcomes calls, string what, Selector? neither = null)
    {
        double failed = telling.Count(calls.Failures.Of(labels), telling.Window) + (calls.MoreFailures is { } more ? telling.Count(more.Of(labels), telling.Window) : 0);
        double succeeded = telling.Count(calls.Successes.Of(labels), telling.Window);
        if (telling.Level.Streak is not null && telling.Alert.Value >= failed)
        {
            // All of them, also those of a former run; where samples are far apart, the window begins a little before the first.
            (failed, succeeded) = (telling.Alert.Value, 0);
        }

        return Share(failed, failed + succeeded + (neither is null ? 0 : telling.Count(neither.Of(labels), telling.Window)), telling.Span, what);
    }

    /// <summary>
    /// Says how slow: <c>p95 is 9.75 s, the limit is 500 ms; 50 calls in 5 min, 5.84 s on average</c>. The percentile is as rough as the buckets are, the average is not.
    /// </summary>
    /// <param name="telling">The alert.</param>
    /// <param name="quantile">What is slow.</param>
    /// <param name="durations">The histogram, with the labels of the alert.</param>
    /// <param name="what">What took that long.</param>
    public static string Slow(AnnotationContext telling, string quantile, Selector durations, string what)
    {
        double average = telling.Average(durations, telling.Window);
        return $"{quantile} is {Wording.Seconds(telling.Alert.Value)}, the limit is {Wording.Seconds(telling.Alert.Limit)}; "
            + $"{Wording.Count(telling.Count(durations, telling.Window))} {what} in {Wording.Span(telling.Span)}{(average >= 0 ? $", {Wording.Seconds(average)} on average" : "")}";
    }
}
