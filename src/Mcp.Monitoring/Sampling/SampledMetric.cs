using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Sampling;

/// <summary>The series of one metric, in the order in which they came.</summary>
internal sealed class SampledMetric(string name, MetricKind kind, IReadOnlyList<double> bounds, bool isForeign, bool hasFractions)
{
    private readonly double[] _bounds = [.. bounds];
    private SampledSeries[] _series = [];
    private int _count;

    public string Name => name;

    public MetricKind Kind => kind;

    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Gets the number of buckets, the infinite one included.</summary>
    public int Buckets => _bounds.Length + 1;

    public bool IsForeign => isForeign;

    /// <summary>Gets whether it is a counter of what is no whole number.</summary>
    public bool HasFractions => hasFractions;

    public ReadOnlySpan<SampledSeries> Series => _series.AsSpan(0, _count);

    public StoredSeries Add(string[] names, string[] values)
    {
        var added = new StoredSeries(this, names, values, _count);
        if (_count == _series.Length)
        {
            Array.Resize(ref _series, Math.Max(4, 2 * _count));
        }

        _series[_count++] = added;
        return added;
    }
}
