namespace Mcp.Monitoring.Operations;

/// <summary>Every exception that some host of this process has counted and that is still alive, so that it is not counted again where it ends unhandled.</summary>
internal static class CountedInProcess
{
    private static readonly SeenExceptions Counted = new();

    public static void Add(Exception exception) => Counted.Add(exception);

    /// <summary>Returns whether this exception, or one that it wraps, was counted.</summary>
    public static bool Contains(Exception exception) => Counted.Contains(exception);
}
