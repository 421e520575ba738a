using Sentry;
using Sentry.Protocol;

namespace Mcp.Monitoring.Errors.Capture;

/// <summary>The exceptions of an event as the client has read them: those inside first, the one that was caught last.</summary>
internal static class ReadExceptions
{
    private const int Most = 5_000;

    /// <summary>Finds what was read of one exception of the tree.</summary>
    public static SentryException? Find(SentryEvent sentryEvent, Exception exception)
    {
        SentryException[] read = [.. sentryEvent.SentryExceptions ?? []];
        int place = InOrder(sentryEvent.Exception).Take(Most).TakeWhile(one => one != exception).Count();
        return place < read.Length ? read[^(place + 1)] : null;
    }

    // As Sentry's client walks them: the outer one first, of several the first with all that is inside it.
    private static IEnumerable<Exception> InOrder(Exception? exception)
    {
        var waiting = new Stack<Exception>();
        for (Exception? next = exception; next is not null; waiting.TryPop(out next))
        {
            yield return next;
            IEnumerable<Exception> inside = next is AggregateException several ? several.InnerExceptions.Reverse() : next.InnerException is { } inner ? [inner] : [];
            foreach (Exception one in inside)
            {
                waiting.Push(one);
            }
        }
    }
}
