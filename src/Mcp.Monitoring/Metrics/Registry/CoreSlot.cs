namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>
/// The core that the current thread runs on, or did a moment ago: threads that run at once then rarely share a cache line. Asking the system each
/// time would cost more than a counter does.
/// </summary>
internal static class CoreSlot
{
    private const int UsesOfAnAnswer = 64;

    [ThreadStatic]
    private static int _slot;
    [ThreadStatic]
    private static int _usesLeft;

    public static int Current => _usesLeft-- > 0 ? _slot : Query();

    /// <summary>Asks now: the answer then stays the same for a while, as a test wants it.</summary>
    public static void Refresh() => Query();

    private static int Query()
    {
        _usesLeft = UsesOfAnAnswer;
        return _slot = Thread.GetCurrentProcessorId();
    }
}
