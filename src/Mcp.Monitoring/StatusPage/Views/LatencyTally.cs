using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>The observations of histograms, added up.</summary>
internal sealed class LatencyTally(SeriesReader series, string metric)
{
    private readonly IReadOnlyList<double> _bounds = series.Bounds(metric);
    private readonly double[] _sums = new double[series.Bounds(metric).Count + 1];

    public void Add(SampledSeries known, TimeSpan window) => series.AddBuckets(known, window, _sums);

    /// <summary>Gets a quantile in seconds; <see langword="null"/> without observations.</summary>
    public double? Quantile(double q) => _sums.Sum() > 0 && BucketQuantile.Of(q, _bounds, _sums) is var seconds && double.IsFinite(seconds) ? seconds : null;
}
