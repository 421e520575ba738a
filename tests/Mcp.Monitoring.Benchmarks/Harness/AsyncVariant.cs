namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>An op on the only thread of the pool, one call after the other.</summary>
internal sealed class AsyncVariant<TOp>(string name, TOp op, IReadOnlyList<Limit> limits) : Variant(name, limits)
    where TOp : struct, IAsyncOp
{
    // The caller is the program's main thread, never the pool's: it can wait.
    protected override Sample Batch(int count) => Task.Run(() => BatchAsync(count)).GetAwaiter().GetResult();

    private async Task<Sample> BatchAsync(int count)
    {
        // The first call allocates the box of this method; it is not the op's.
        await op.RunAsync().ConfigureAwait(false);

        var thread = Environment.CurrentManagedThreadId;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var watch = CpuWatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await op.RunAsync().ConfigureAwait(false);
        }

        var elapsed = watch.Stop();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return elapsed.CpuShare < 0.92 || thread != Environment.CurrentManagedThreadId
            ? Sample.None
            : new Sample(elapsed.Nanoseconds / count, (double)bytes / count);
    }
}
