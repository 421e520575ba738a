using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Rules.Annotations;

/// <summary>What is the matter, with numbers.</summary>
internal static class AnnotationSummaries
{
    /// <summary>Says how many of how many: <c>14 of 20 calls failed in 5 min</c>.</summary>
    public static string Share(AnnotationContext context, Selector some, Selector all, TimeSpan window, string key) => Share(context, context.Alert.Labels, some, all, window, key);

    public static string Share(AnnotationContext context, AlertLabels labels, Selector some, Selector all, TimeSpan window, string key)
    {
        double part = context.Count(some.Of(labels), window);
        double whole = context.Count(all.Of(labels), window);
        return context.Texts.Share(key, part, whole, window);
    }

    /// <summary>Says how many of how many calls failed, in the time that the level of the alert judges.</summary>
    /// <param name="context">The alert.</param>
    /// <param name="labels">What it is about.</param>
    /// <param name="calls">The calls that fail, and those that succeed.</param>
    /// <param name="key">What became of them: a text.</param>
    /// <param name="neither">Calls that count, and neither fail nor succeed.</param>
    public static string Failed(AnnotationContext context, AlertLabels labels, CallOutcomes calls, string key, Selector? neither = null)
    {
        double failed = context.Count(calls.Failures.Of(labels), context.Window) + (calls.MoreFailures is { } more ? context.Count(more.Of(labels), context.Window) : 0);
        double succeeded = context.Count(calls.Successes.Of(labels), context.Window);
        if (context.Level.Streak is not null && context.Alert.Value >= failed)
        {
            // All of them, also those of a former run; where samples are far apart, the window begins a little before the first.
            (failed, succeeded) = (context.Alert.Value, 0);
        }

        return context.Texts.Share(key, failed, failed + succeeded + (neither is null ? 0 : context.Count(neither.Of(labels), context.Window)), context.Span);
    }

    /// <summary>
    /// Says how slow: <c>p95 is 9.75 s, the limit is 500 ms; 50 calls in 5 min, 5.84 s on average</c>. The percentile is as rough as the buckets are, the average is not.
    /// </summary>
    /// <param name="context">The alert.</param>
    /// <param name="key">What took that long: a text.</param>
    /// <param name="quantile">Which percentile.</param>
    /// <param name="durations">The histogram, with the labels of the alert.</param>
    public static string Slow(AnnotationContext context, string key, string quantile, Selector durations)
    {
        AlertTexts texts = context.Texts;
        double average = context.Average(durations, context.Window);
        string slow = texts.Say(
            key, quantile, texts.Seconds(context.Alert.Value), texts.Seconds(context.Alert.Limit), context.Count(durations, context.Window), texts.Span(context.Span));
        return average >= 0 ? texts.Say("summary.average", slow, texts.Seconds(average)) : slow;
    }
}
