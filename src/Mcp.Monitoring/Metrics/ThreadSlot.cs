namespace Mcp.Monitoring.Metrics;

/// <summary>A small number for the current thread, so that threads rarely share a cache line.</summary>
internal static class ThreadSlot
{
    [ThreadStatic]
    private static int _slot;
    private static int _last;

    public static int Current => _slot != 0 ? _slot : Assign();

    private static int Assign() => _slot = Interlocked.Increment(ref _last) & int.MaxValue;
}
