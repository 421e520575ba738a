namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>One exception of a tree, with what Sentry needs to draw the tree again.</summary>
internal readonly record struct ChainedException(Exception Exception, int Id, int? ParentId, string? Source);

/// <summary>An exception with all that are inside it, up to a number.</summary>
internal static class ExceptionTree
{
    /// <returns>The outermost first; parents before their children.</returns>
    public static IReadOnlyList<ChainedException> Of(Exception exception, int most)
    {
        List<ChainedException> found = [];
        Add(found, most, exception, null, null);
        return found;
    }

    private static void Add(List<ChainedException> found, int most, Exception exception, int? parent, string? source)
    {
        if (found.Count == most)
        {
            return;
        }

        int id = found.Count;
        found.Add(new ChainedException(exception, id, parent, source));
        if (exception is AggregateException group)
        {
            for (int i = 0; i < group.InnerExceptions.Count && found.Count < most; i++)
            {
                Add(found, most, group.InnerExceptions[i], id, $"InnerExceptions[{i}]");
            }
        }
        else if (exception.InnerException is { } inner)
        {
            Add(found, most, inner, id, "InnerException");
        }
    }
}
