using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Sampling;

/// <summary>
/// Prometheus' <c>increase</c> (promql, extrapolatedRate): what was seen between the first and the last sample of a window, extended to its edges unless they are
/// further away than samples usually are from each other.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Extrapolation
{
    private const double LongestStep = 1.1;

    private readonly double _sampled;
    private readonly double _toStart;
    private readonly double _toEnd;
    private readonly double _factor;

    /// <param name="start">The start of the window, which is no part of it.</param>
    /// <param name="first">The first sample in it.</param>
    /// <param name="last">The last sample in it.</param>
    /// <param name="end">The end of the window.</param>
    /// <param name="count">How many samples are in it.</param>
    public Extrapolation(TimeSpan start, TimeSpan first, TimeSpan last, TimeSpan end, int count)
    {
        IsKnown = count >= 2 && last > first;
        if (!IsKnown)
        {
            return;
        }

        _sampled = (last - first).TotalSeconds;
        double step = _sampled / (count - 1);
        _toStart = Reach((first - start).TotalSeconds, step);
        _toEnd = Reach((end - last).TotalSeconds, step);
        _factor = (_sampled + _toStart + _toEnd) / _sampled;
    }

    /// <summary>Gets whether there are two samples, without which there is no increase.</summary>
    public bool IsKnown { get; }

    /// <summary>Gets the increase of a counter.</summary>
    /// <param name="seen">What it grew by, from the first to the last sample.</param>
    /// <param name="first">Its value at the first sample: before it was 0 it cannot have grown.</param>
    public double Increase(double seen, double first)
    {
        if (!IsKnown)
        {
            return double.NaN;
        }

        return first >= 0 && _sampled * first < _toStart * seen
            ? seen * ((_sampled + (_sampled * first / seen) + _toEnd) / _sampled)
            : seen * _factor;
    }

    /// <summary>Gets the increase of each bucket on its own. Prometheus extends each count up to a bound by itself.</summary>
    /// <param name="last">The buckets at the last sample.</param>
    /// <param name="first">The lower 32 bits of the buckets at the first sample.</param>
    /// <param name="increases">What each bucket grew by.</param>
    public void IncreaseOfBuckets(ReadOnlySpan<long> last, ReadOnlySpan<uint> first, Span<double> increases)
    {
        // Where no bucket would have been below 0 at the start of the window, no sum of buckets would.
        if (BucketDeltas.IsAnyLimited(last, first, increases, _factor, _sampled, _toStart))
        {
            IncreaseOfYoungBuckets(last, first, increases);
        }
    }

    /// <summary>Gets the increase of all buckets together.</summary>
    /// <param name="last">The buckets at the last sample.</param>
    /// <param name="first">The lower 32 bits of the buckets at the first sample.</param>
    public double IncreaseOfAll(ReadOnlySpan<long> last, ReadOnlySpan<uint> first)
    {
        BucketDeltas.Sum(last, first, out long seen, out long all);
        return Increase(seen, all - seen);
    }

    private void IncreaseOfYoungBuckets(ReadOnlySpan<long> last, ReadOnlySpan<uint> first, Span<double> increases)
    {
        long seen = 0;
        long before = 0;
        double below = 0;
        for (int i = 0; i < increases.Length; i++)
        {
            uint grown = (uint)last[i] - first[i];
            seen += grown;
            before += last[i] - grown;
            double upTo = Increase(seen, before);
            increases[i] = upTo - below;
            below = upTo;
        }
    }

    private static double Reach(double distance, double step) => distance >= LongestStep * step ? step / 2 : distance;
}
