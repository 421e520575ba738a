namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>Durations of single calls, counted in buckets of one percent: millions of them in a few kilobytes.</summary>
internal sealed class LatencyCounts
{
    private const double Step = 1.01;
    private const double Least = 100;
    private readonly long[] _counts = new long[2_000];

    public long Count { get; private set; }

    public void Add(double nanoseconds)
    {
        int bucket = (int)(Math.Log(Math.Max(nanoseconds, Least) / Least) / Math.Log(Step));
        _counts[Math.Min(bucket, _counts.Length - 1)]++;
        Count++;
    }

    public void Add(LatencyCounts other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>Gets the duration below which a share of the calls was, in nanoseconds.</summary>
    public double Quantile(double share)
    {
        long rank = (long)Math.Ceiling(share * Count);
        int bucket = 0;
        for (long seen = _counts[0]; seen < rank && bucket < _counts.Length - 1; seen += _counts[bucket])
        {
            bucket++;
        }

        return Least * Math.Pow(Step, bucket + 0.5);
    }
}
