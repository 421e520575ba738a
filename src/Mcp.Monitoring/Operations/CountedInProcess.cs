using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>Every exception that some host of this process has counted and that is still alive, so that it is not counted again where it ends unhandled.</summary>
internal static class CountedInProcess
{
    private const int Deepest = 16;
    private static readonly ConditionalWeakTable<Exception, object> Counted = [];
    private static readonly object Mark = new();

    /// <summary>Notes an exception with its causes: who throws it on may wrap it anew.</summary>
    public static void Add(Exception exception)
    {
        Exception? next = exception;
        for (int depth = 0; next is not null && depth < Deepest; depth++, next = next.InnerException)
        {
            Counted.TryAdd(next, Mark);
        }
    }

    /// <summary>Returns whether this exception, or one that it wraps, was counted.</summary>
    public static bool Contains(Exception exception) => Contains(exception, Deepest);

    private static bool Contains(Exception exception, int depth)
    {
        if (Counted.TryGetValue(exception, out _))
        {
            return true;
        }

        if (depth == 0)
        {
            return false;
        }

        // Of several failures that end together each one counts.
        return exception is AggregateException aggregate
            ? aggregate.InnerExceptions.Count > 0 && aggregate.InnerExceptions.All(inner => Contains(inner, depth - 1))
            : exception.InnerException is { } cause && Contains(cause, depth - 1);
    }
}
