using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Operations;

/// <summary>Exceptions that somebody has dealt with, for as long as they are alive. Who wraps one, or several of them alone, counts as seen.</summary>
internal sealed class SeenExceptions
{
    private const int Deepest = 16;
    private static readonly object Mark = new();
    private readonly ConditionalWeakTable<Exception, object> _seen = [];

    /// <summary>Notes an exception with its causes: who throws it on may wrap it anew.</summary>
    public void Add(Exception exception)
    {
        Exception? next = exception;
        for (int depth = 0; next is not null && depth < Deepest; depth++, next = next.InnerException)
        {
            _seen.TryAdd(next, Mark);
        }
    }

    /// <summary>Notes an exception, unless it was seen.</summary>
    /// <returns>Whether it is new; of several threads that ask at once, one is told so.</returns>
    public bool TryAdd(Exception exception)
    {
        if (Contains(exception) || !_seen.TryAdd(exception, Mark))
        {
            return false;
        }

        Add(exception);
        return true;
    }

    /// <summary>Returns whether this exception, or one that it wraps, was seen.</summary>
    public bool Contains(Exception exception) => Contains(exception, Deepest);

    private bool Contains(Exception exception, int depth)
    {
        if (_seen.TryGetValue(exception, out _))
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
