using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Metrics;

/// <summary>The upper bounds of the latency histograms, shared by all of them; an operation with a target of its own has that as one more.</summary>
internal sealed class LatencyBuckets
{
    private static readonly double[] Standard = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private static readonly double[] OfQueries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

    private const int NoEdge = -1;

    private readonly long[] _limits;
    private readonly long _frequency;
    private readonly int _own = NoEdge;

    /// <param name="extra">Limits that a host judges by, in seconds: they must be edges, or the share below them is a guess.</param>
    /// <param name="frequency">Ticks of a second.</param>
    public LatencyBuckets(IEnumerable<double> extra, long frequency)
        : this(Standard, extra, frequency)
    {
    }

    private LatencyBuckets(double[] standard, IEnumerable<double> extra, long frequency)
    {
        Bounds = [.. standard.Concat(extra.Where(bound => bound > 0)).Distinct().Order()];
        // Decimal, since 0.005 as a double times 10⁹ may fall just below the tick it means.
        _limits = [.. Bounds.Select(bound => (long)decimal.Floor((decimal)bound * frequency))];
        _frequency = frequency;
    }

    /// <summary>Makes those of databases and caches, which answer sooner.</summary>
    public static LatencyBuckets ForQueries(IEnumerable<double> extra, long frequency) => new(OfQueries, extra, frequency);

    private LatencyBuckets(LatencyBuckets shared, double own)
        : this(shared.Bounds.Append(own), shared._frequency)
    {
        _own = EdgeOf(own);
    }

    /// <summary>Gets the upper bounds in seconds, without the last, infinite one.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Gets the number of buckets, the infinite one included.</summary>
    public int Count => _limits.Length + 1;

    /// <summary>Gets the bounds with one more, if it is not one of them.</summary>
    public LatencyBuckets With(double own) => EdgeOf(own) == NoEdge ? new LatencyBuckets(this, own) : this;

    /// <summary>Gets the bucket that a bound ends, or -1 if it is none.</summary>
    public int EdgeOf(double bound)
    {
        for (int i = 0; i < Bounds.Count; i++)
        {
            if (Bounds[i] == bound)
            {
                return i;
            }
        }

        return NoEdge;
    }

    /// <summary>Makes of counts by these bounds, in place, those by the bounds that all share.</summary>
    public Span<long> Shared(Span<long> counts)
    {
        if (_own == NoEdge)
        {
            return counts;
        }

        counts[_own + 1] += counts[_own];
        counts[(_own + 1)..].CopyTo(counts[_own..]);
        return counts[..^1];
    }

    /// <summary>Gets the first bucket whose upper bound is not below a duration.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(long ticks)
    {
        long[] limits = _limits;
        int i = 0;
        while (i < limits.Length && limits[i] < ticks)
        {
            i++;
        }

        return i;
    }
}
