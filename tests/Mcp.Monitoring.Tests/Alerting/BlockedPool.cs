namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>Blocks every thread that the pool has, and all that it adds.</summary>
internal sealed class BlockedPool : IDisposable
{
    private const int Far = 5_000;

    private readonly ManualResetEventSlim _open = new();
    private int _probed;

    public BlockedPool()
    {
        for (int i = 0; i < Far; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => _open.Wait(), state: null);
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => Interlocked.Increment(ref _probed), state: null);
    }

    public bool IsStarved => Volatile.Read(ref _probed) == 0;

    public void Dispose() => _open.Set();
}
