namespace Mcp.Monitoring.Operations;

/// <summary>
/// What an exception says. Exceptions tell what is in them by recursion, along every way that leads to it: of one that has too many, the beginning is told
/// here instead.
/// </summary>
internal static class ExceptionText
{
    private const int MostWays = 200;
    private const int MostTold = 10;

    /// <summary>Gets the message; may throw what the exception throws when it is asked.</summary>
    public static string? MessageOf(Exception exception) => exception is not AggregateException || HasFewWays(exception) ? exception.Message : Outline(exception);

    /// <summary>Gets the whole text with stack traces; may throw what the exception throws when it is asked.</summary>
    public static string? Of(Exception exception) => HasFewWays(exception) ? exception.ToString() : Outline(exception);

    private static bool HasFewWays(Exception exception)
    {
        if (ExceptionGraph.IsLeaf(exception))
        {
            return true;
        }

        var next = new Stack<Exception>([exception]);
        for (int ways = 0; next.TryPop(out Exception? part); ways++)
        {
            if (ways == MostWays || part is AggregateException { InnerExceptions.Count: > MostWays })
            {
                return false;
            }

            if (part is AggregateException aggregate)
            {
                foreach (Exception inner in aggregate.InnerExceptions)
                {
                    next.Push(inner);
                }
            }
            else if (part.InnerException is { } cause)
            {
                next.Push(cause);
            }
        }

        return true;
    }

    private static string Outline(Exception exception)
    {
        IEnumerable<string> told = ExceptionGraph.Failures(exception).Take(MostTold).Select(static failure => $"({failure.GetType().FullName}: {failure.Message})");
        return $"{exception.GetType().FullName}: {string.Join(' ', told)}";
    }
}
