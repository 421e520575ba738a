using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>What puts errors into one group: the operation, the error type, the type of the exception and where in the application's own code it was thrown.</summary>
internal static class Fingerprint
{
    /// <summary>Sentry's own decision, by all frames: where none of them is the application's own.</summary>
    public const string Default = "{{ default }}";

    private const int MostFrames = 8;
    private const int LongestPart = 200;

    /// <summary>Sets that of an event that has none.</summary>
    /// <param name="sentryEvent">The event.</param>
    /// <param name="ownFrames">Lists the application's own frames of an exception, as module and function, the throwing one first.</param>
    public static void Set(SentryEvent sentryEvent, Func<Exception, IEnumerable<string>> ownFrames)
    {
        if (sentryEvent.Exception is { } exception)
        {
            List<string> parts = [.. OperationOf(sentryEvent)];
            exception = ExceptionGraph.Unwrap(exception);
            parts.Add(Cut(exception.GetType().ToString()));
            string[] frames = [.. ownFrames(exception).Take(MostFrames).Select(Cut)];
            sentryEvent.Fingerprint = [.. parts, .. frames.Length > 0 ? frames : [Default]];
        }
        else if (sentryEvent.Tags.ContainsKey(EventEnricher.Operation) && sentryEvent.Logger is null)
        {
            sentryEvent.Fingerprint = [.. OperationOf(sentryEvent), Cut(sentryEvent.Message?.Message ?? sentryEvent.Message?.Formatted ?? "")];
        }
    }

    private static IEnumerable<string> OperationOf(SentryEvent sentryEvent)
    {
        if (sentryEvent.Tags.TryGetValue(EventEnricher.Operation, out string? operation))
        {
            sentryEvent.Tags.TryGetValue(EventEnricher.OperationType, out string? type);
            yield return Cut($"{type} {operation}");
        }

        if (sentryEvent.Tags.TryGetValue(EventEnricher.ErrorType, out string? error))
        {
            yield return error;
        }
    }

    private static string Cut(string text) => text.Length <= LongestPart ? text : text[..LongestPart];
}
