namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>How many streams are open, whichever door they came through.</summary>
internal sealed class OpenStreams
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Opened() => Interlocked.Increment(ref _count);

    public void Closed() => Interlocked.Decrement(ref _count);
}
