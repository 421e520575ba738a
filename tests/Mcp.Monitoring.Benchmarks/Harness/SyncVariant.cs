namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>An op on the calling thread.</summary>
internal sealed class SyncVariant<TOp>(string name, TOp op, IReadOnlyList<Limit> limits) : Variant(name, limits)
    where TOp : struct, IOp
{
    private TOp _op = op;

    protected override Sample Batch(int count)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = CpuWatch.StartNew();
        OpLoop.Run(ref _op, count);
        var elapsed = watch.Stop();
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return elapsed.CpuShare < 0.92 ? Sample.None : new Sample(elapsed.Nanoseconds / count, (double)bytes / count);
    }
}
