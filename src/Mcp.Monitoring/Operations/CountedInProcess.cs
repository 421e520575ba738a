namespace Mcp.Monitoring.Operations;

/// <summary>Every exception that some host of this process has counted and that is still alive, so that it is not counted again where it ends unhandled.</summary>
internal static class CountedInProcess
{
    private static readonly SeenExceptions Counted = new();

    public static void Add(Exception exception) => Counted.Add(exception);

    /// <summary>Notes an exception, unless it was counted.</summary>
    /// <returns>Whether it was not.</returns>
    public static bool TryAdd(Exception exception) => Counted.TryAdd(exception);

    /// <summary>Returns whether this exception, or one that it wraps, was counted.</summary>
    public static bool Contains(Exception exception) => Counted.Contains(exception);
}
