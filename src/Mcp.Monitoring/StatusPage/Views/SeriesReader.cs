using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads what people want to know of samples: whole numbers, as they were counted. Engine's thread.</summary>
internal sealed class SeriesReader(ISeriesSource series)
{
    private double[] _buckets = [];

    public ReadOnlySpan<SampledSeries> Of(string metric) => series.Of(metric);

    public double Last(SampledSeries known) => series.Last(known);

    public double Covered(TimeSpan window) => series.Covered(window).TotalSeconds;

    /// <summary>Gets how often something was counted within a window; what was first seen in it began at 0.</summary>
    public double Count(SampledSeries known, TimeSpan window) => Between(known, window, TimeSpan.Zero);

    /// <summary>Gets how often something was counted between two moments.</summary>
    /// <param name="known">The counter, or the observations of a histogram.</param>
    /// <param name="from">How long ago the first is.</param>
    /// <param name="to">How long ago the second is.</param>
    public double Between(SampledSeries known, TimeSpan from, TimeSpan to)
    {
        double last = series.ValueAt(known, to), first = series.ValueAt(known, from);
        return double.IsNaN(last) ? 0 : Math.Max(0, last - (double.IsNaN(first) ? 0 : first));
    }

    /// <summary>Adds what a histogram has observed in each bucket within a window.</summary>
    /// <returns>Whether it could be read.</returns>
    public bool AddBuckets(SampledSeries known, TimeSpan window, Span<double> sums)
    {
        if (_buckets.Length != sums.Length)
        {
            _buckets = new double[sums.Length];
        }

        if (!series.TryReadBuckets(known, window, _buckets))
        {
            return false;
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += Math.Max(0, _buckets[i]);
        }

        return true;
    }

    /// <summary>Gets by how much a counter of fractions has grown within a window, as rules see it.</summary>
    public double Increase(SampledSeries known, TimeSpan window) => series.Increase(known, window) is var grown && double.IsFinite(grown) ? Math.Max(0, grown) : 0;

    /// <summary>Gets how many seconds a histogram has observed within a window.</summary>
    public double Seconds(SampledSeries known, TimeSpan window) => series.SumIncrease(known, window) is var sum && double.IsFinite(sum) ? sum : 0;

    public IReadOnlyList<double> Bounds(string metric) => series.Bounds(metric);
}
