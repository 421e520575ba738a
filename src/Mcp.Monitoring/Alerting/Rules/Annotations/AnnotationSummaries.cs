using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Infrastructure;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>What is the matter, with numbers.</summary>
internal static class AnnotationSummaries
{
    /// <summary>Says how many of how many: <c>14 of 20 calls failed in 5 min</c>.</summary>
    public static string Share(AnnotationContext context, Selector some, Selector all, TimeSpan window, string what) => Share(context, context.Alert.Labels, some, all, window, what);

    public static string Share(AnnotationContext context, AlertLabels labels, Selector some, Selector all, TimeSpan window, string what)
    {
        double part = context.Count(some.Of(labels), window);
        double whole = context.Count(all.Of(labels), window);
        return TextFormat.Share(part, whole, window, what);
    }

    /// <summary>Says how many of how many calls failed, in the time that the level of the alert judges.</summary>
    /// <param name="context">The alert.</param>
    /// <param name="labels">What it is about.</param>
    /// <param name="calls">The calls that fail, and those that succeed.</param>
    /// <param name="what">What became of them.</param>
    /// <param name="neither">Calls that count, and neither fail nor succeed.</param>
    public static string Failed(AnnotationContext context, AlertLabels labels, CallOutcomes calls, string what, Selector? neither = null)
    {
        double failed = context.Count(calls.Failures.Of(labels), context.Window) + (calls.MoreFailures is { } more ? context.Count(more.Of(labels), context.Window) : 0);
        double succeeded = context.Count(calls.Successes.Of(labels), context.Window);
        if (context.Level.Streak is not null && context.Alert.Value >= failed)
        {
            // All of them, also those of a former run; where samples are far apart, the window begins a little before the first.
            (failed, succeeded) = (context.Alert.Value, 0);
        }

        return TextFormat.Share(failed, failed + succeeded + (neither is null ? 0 : context.Count(neither.Of(labels), context.Window)), context.Span, what);
    }

    /// <summary>
    /// Says how slow: <c>p95 is 9.75 s, the limit is 500 ms; 50 calls in 5 min, 5.84 s on average</c>. The percentile is as rough as the buckets are, the average is not.
    /// </summary>
    /// <param name="context">The alert.</param>
    /// <param name="quantile">What is slow.</param>
    /// <param name="durations">The histogram, with the labels of the alert.</param>
    /// <param name="what">What took that long.</param>
    public static string Slow(AnnotationContext context, string quantile, Selector durations, string what)
    {
        double average = context.Average(durations, context.Window);
        return $"{quantile} is {TextFormat.Seconds(context.Alert.Value)}, the limit is {TextFormat.Seconds(context.Alert.Limit)}; "
            + $"{TextFormat.Count(context.Count(durations, context.Window))} {what} in {TextFormat.Span(context.Span)}{(average >= 0 ? $", {TextFormat.Seconds(average)} on average" : "")}";
    }
}
