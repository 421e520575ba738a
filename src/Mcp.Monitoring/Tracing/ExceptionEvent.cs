using System.Diagnostics;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing;

/// <summary>
/// The event <c>exception</c> of a span (OpenTelemetry semantic conventions for exceptions). To write a stack trace takes longer than most calls, so the request
/// only notes the exception, and the thread that exports the span writes the event.
/// </summary>
internal static class ExceptionEvent
{
    private const string Property = "mcp.monitoring.exception";
    private const int LongestMessage = 1024;
    private const int LongestStackTrace = 16 * 1024;
    private static readonly Lock Writing = new();

    public static void Note(Activity span, Exception exception) => span.SetCustomProperty(Property, exception);

    /// <summary>Writes the event of a span that has ended, once, whoever asks first.</summary>
    /// <param name="span">The span.</param>
    /// <param name="hasReaderOfTags">Whether somebody reads of events the names alone, so that the same is in the tags as well.</param>
    public static void Write(Activity span, bool hasReaderOfTags = false)
    {
        if (span.GetCustomProperty(Property) is null)
        {
            return;
        }

        lock (Writing)
        {
            if (span.GetCustomProperty(Property) is not Exception exception)
            {
                return;
            }

            ActivityTagsCollection tags = TagsOf(exception);
            span.AddEvent(new ActivityEvent("exception", new DateTimeOffset(span.StartTimeUtc + span.Duration, TimeSpan.Zero), tags));
            foreach ((string name, object? value) in hasReaderOfTags ? tags : [])
            {
                span.SetTag(name, value);
            }

            // Only now: another thread that finds it gone reads the span.
            span.SetCustomProperty(Property, null);
        }
    }

    public static string MessageOf(Exception exception) => TextOf(exception, ExceptionText.MessageOf, LongestMessage);

    private static ActivityTagsCollection TagsOf(Exception exception) => new()
    {
        ["exception.type"] = exception.GetType().FullName,
        ["exception.message"] = MessageOf(exception),
        ["exception.stacktrace"] = TextOf(exception, ExceptionText.Of, LongestStackTrace),
    };

    // An exception of the application's may fail when it is asked.
    private static string TextOf(Exception exception, Func<Exception, string?> text, int longest)
    {
        try
        {
            return Clean(text(exception) ?? "", longest);
        }
        catch (Exception)
        {
            return exception.GetType().FullName ?? "";
        }
    }

    // Cut only when it is clean: of a token that was cut the rest looks like none.
    private static string Clean(string text, int longest) => TextCut.At(SecretScrubber.Scrub(text), longest);
}
