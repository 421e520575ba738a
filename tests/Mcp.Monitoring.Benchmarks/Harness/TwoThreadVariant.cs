namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>Two ops at the same time, on the calling thread and on a companion that lives as long as the process.</summary>
internal sealed class TwoThreadVariant<TOp>(string name, TOp first, TOp second, IReadOnlyList<Limit> limits) : Variant(name, limits)
    where TOp : struct, IOp
{
    private TOp _first = first;
    private TOp _second = second;
    private int _arrived;

    protected override Sample Batch(int count)
    {
        _arrived = 0;
        (CpuWatch.Elapsed Elapsed, long Bytes) other = default;
        Companion.Begin(() => other = Half(ref _second, count));
        var own = Half(ref _first, count);
        Companion.Join();

        var overlap = Math.Min(own.Elapsed.End, other.Elapsed.End) - Math.Max(own.Elapsed.Start, other.Elapsed.Start);
        var longer = Math.Max(own.Elapsed.End - own.Elapsed.Start, other.Elapsed.End - other.Elapsed.Start);
        return overlap < 0.8 * longer || own.Elapsed.CpuShare < 0.9 || other.Elapsed.CpuShare < 0.9
            ? Sample.None
            : new Sample((own.Elapsed.Nanoseconds + other.Elapsed.Nanoseconds) / 2 / count, (own.Bytes + other.Bytes) / 2.0 / count);
    }

    private (CpuWatch.Elapsed Elapsed, long Bytes) Half(ref TOp op, int count)
    {
        Interlocked.Increment(ref _arrived);
        while (Volatile.Read(ref _arrived) < 2)
        {
            Thread.SpinWait(1);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = CpuWatch.StartNew();
        OpLoop.Run(ref op, count);
        var elapsed = watch.Stop();
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return (elapsed, bytes);
    }
}
