using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>What puts errors into one group: the operation, the error type, the type of the exception and where in the application's own code it was thrown.</summary>
internal static class Fingerprint
{
    /// <summary>Sentry's own decision, by all frames: where none of them is the application's own.</summary>
    public const string Default = "{{ default }}";

    private const int MostFrames = 8;
    private const int LongestPart = 200;

    /// <param name="sentryEvent">An event without a fingerprint.</param>
    /// <param name="ownFrames">Lists the application's own frames of an exception, as module and function, the throwing one first.</param>
    public static void Set(SentryEvent sentryEvent, Func<Exception, IEnumerable<string>> ownFrames)
    {
        if (sentryEvent.Exception is { } exception)
        {
            Add(sentryEvent, exception, ownFrames);
        }
        else if (sentryEvent.Tags.ContainsKey(EventStory.Operation) && sentryEvent.Logger is null)
        {
            AddOperation(sentryEvent);
            sentryEvent.Fingerprint.Add(Cut(sentryEvent.MessageTemplate ?? sentryEvent.Message ?? ""));
        }
    }

    private static void Add(SentryEvent sentryEvent, Exception exception, Func<Exception, IEnumerable<string>> ownFrames)
    {
        AddOperation(sentryEvent);
        exception = ExceptionGraph.Unwrap(exception);
        sentryEvent.Fingerprint.Add(Cut(exception.GetType().ToString()));
        int known = sentryEvent.Fingerprint.Count;
        foreach (string frame in ownFrames(exception).Take(MostFrames))
        {
            sentryEvent.Fingerprint.Add(Cut(frame));
        }

        if (sentryEvent.Fingerprint.Count == known)
        {
            sentryEvent.Fingerprint.Add(Default);
        }
    }

    private static void AddOperation(SentryEvent sentryEvent)
    {
        if (sentryEvent.Tags.TryGetValue(EventStory.Operation, out string? operation))
        {
            sentryEvent.Tags.TryGetValue(EventStory.OperationType, out string? type);
            sentryEvent.Fingerprint.Add(Cut($"{type} {operation}"));
        }

        if (sentryEvent.Tags.TryGetValue(EventStory.ErrorType, out string? error))
        {
            sentryEvent.Fingerprint.Add(error);
        }
    }

    private static string Cut(string text) => text.Length <= LongestPart ? text : text[..LongestPart];
}
