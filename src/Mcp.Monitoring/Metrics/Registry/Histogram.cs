using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>The cells of a histogram of durations: a sum in ticks and a count per bucket. The count of all is their sum.</summary>
internal sealed class Histogram(LatencyBuckets buckets, NativeBuckets? native = null)
{
    private readonly StripedCells _cells = new(1 + buckets.Count);

    public long Ticks => _cells.Sum(0);

    public long Bucket(int index) => _cells.Sum(1 + index);

    public void ReadBuckets(Span<long> counts) => _cells.Sum(1, counts);

    public Span<long> ReadNative(Span<long> room) => native is null ? [] : native.Read(room);

    public void Observe(long ticks)
    {
        ref long own = ref _cells.Own();
        Interlocked.Add(ref own, ticks);
        Interlocked.Increment(ref Unsafe.Add(ref own, 1 + buckets.IndexOf(ticks)));
        native?.Observe(ticks);
    }
}
