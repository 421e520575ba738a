namespace Mcp.Monitoring.Operations;

/// <summary>The exceptions that one request or operation has counted; alike is who is the same object, wraps it or is wrapped by it.</summary>
internal sealed class CountedExceptions
{
    // Beyond these an endless chain or a request with endless errors costs nothing more.
    private const int Deepest = 16;
    private const int Most = 64;

    private Exception? _first;
    private List<Exception>? _more;

    public bool TryAdd(Exception exception)
    {
        lock (this)
        {
            if (_first is not null && (AreAlike(exception, _first) || IsAmongMore(exception)))
            {
                return false;
            }

            if (_first is null)
            {
                _first = exception;
            }
            else if ((_more ??= []).Count < Most)
            {
                _more.Add(exception);
            }

            return true;
        }
    }

    private bool IsAmongMore(Exception exception)
    {
        foreach (Exception counted in _more ?? [])
        {
            if (AreAlike(exception, counted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreAlike(Exception one, Exception other) =>
        ReferenceEquals(one, other) || Wraps(one, other, Deepest) || Wraps(other, one, Deepest) || ShareCause(one, other);

    private static bool Wraps(Exception outer, Exception wanted, int depth)
    {
        if (ReferenceEquals(outer, wanted))
        {
            return true;
        }

        if (depth == 0)
        {
            return false;
        }

        if (outer is AggregateException aggregate)
        {
            foreach (Exception inner in aggregate.InnerExceptions)
            {
                if (Wraps(inner, wanted, depth - 1))
                {
                    return true;
                }
            }

            return false;
        }

        return outer.InnerException is { } cause && Wraps(cause, wanted, depth - 1);
    }

    // Wrapped by hand for the record, then wrapped anew for the caller: two shells around one failure.
    private static bool ShareCause(Exception one, Exception other) => HasCauseIn(one, other) || HasCauseIn(other, one);

    private static bool HasCauseIn(Exception one, Exception other)
    {
        Exception? cause = one.InnerException;
        for (int depth = 0; cause is not null && depth < Deepest; depth++, cause = cause.InnerException)
        {
            if (Wraps(other, cause, Deepest))
            {
                return true;
            }
        }

        return false;
    }
}
