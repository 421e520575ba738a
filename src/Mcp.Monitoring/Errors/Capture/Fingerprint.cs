using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Capture;

/// <summary>What puts errors into one group: the operation, the error type, the type of the exception and where in the application's own code it was thrown.</summary>
internal static class Fingerprint
{
    /// <summary>Sentry's own decision, by all frames: where none of them is the application's own.</summary>
    public const string Default = "{{ default }}";

    private const int MostFrames = 8;
    private const int LongestPart = 200;

    /// <summary>Sets that of an event that has none.</summary>
    /// <param name="sentryEvent">An event whose exceptions have been read.</param>
    public static void Set(SentryEvent sentryEvent)
    {
        if (sentryEvent.Exception is { } exception)
        {
            List<string> parts = [.. OperationOf(sentryEvent)];
            exception = ExceptionGraph.Unwrap(exception);
            parts.Add(Cut(exception.GetType().ToString()));
            string[] frames = [.. OwnFrames(sentryEvent, exception).Take(MostFrames).Select(Cut)];
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

    // The application's own frames as module and function, the throwing one first.
    private static IEnumerable<string> OwnFrames(SentryEvent sentryEvent, Exception exception) =>
        ReadExceptions.Find(sentryEvent, exception)?.Stacktrace?.Frames.Reverse().Where(frame => frame.InApp == true).Select(frame => $"{frame.Module}.{frame.Function}") ?? [];

    private static string Cut(string text) => text.Length <= LongestPart ? text : text[..LongestPart];
}
