using System.Diagnostics;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>An op on the calling thread that waits for others: what counts is the time on the clock, and the bytes of every thread.</summary>
internal sealed class RoundTripVariant<TOp>(string name, TOp op, IReadOnlyList<Limit> limits) : Variant(name, limits)
    where TOp : struct, IOp
{
    private TOp _op = op;

    protected override Sample Batch(int count)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        OpLoop.Run(ref _op, count);
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Sample(elapsed.TotalNanoseconds / count, (double)bytes / count);
    }
}
