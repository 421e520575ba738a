namespace Mcp.Monitoring.Sampling;

/// <summary>Samples of series over time, read as Prometheus reads them. It belongs to the thread that samples.</summary>
internal interface ISeriesSource
{
    /// <summary>Gets the instant of the newest sample.</summary>
    TimeSpan Now { get; }

    /// <summary>Gets the series of a metric, empty if there are none. Series are added at the end and never taken away.</summary>
    ReadOnlySpan<SampledSeries> Of(string metric);

    /// <summary>Gets the newest value, of a histogram the number of its observations; NaN where the series is absent.</summary>
    double Last(SampledSeries series);

    /// <summary>Gets the value of the newest sample that is at least that old; NaN where there is none.</summary>
    double ValueAt(SampledSeries series, TimeSpan ago);

    /// <summary>
    /// Gets Prometheus' <c>increase</c> over the last window, open at its start, of a histogram the number of observations; NaN with fewer than two samples.
    /// The rate is it divided by the seconds of the window.
    /// </summary>
    double Increase(SampledSeries series, TimeSpan window);

    /// <summary>
    /// Reads the increase of each bucket of a histogram on its own, not of those below it as well; the last is the infinite one. Extrapolated as Prometheus does it,
    /// bucket by bucket, so that one may be a trifle below 0.
    /// </summary>
    /// <returns>Whether there are two samples, and as many buckets as were asked for.</returns>
    bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases);

    /// <summary>Gets the increase of a histogram's sum: of our own, seconds; NaN with fewer than two samples.</summary>
    double SumIncrease(SampledSeries series, TimeSpan window);

    /// <summary>Gets the upper bounds of a histogram without the infinite one; empty for what is none.</summary>
    IReadOnlyList<double> Bounds(string metric);

    /// <summary>Gets how much of the last window samples cover: less after a start, and where sampling was suspended.</summary>
    TimeSpan Covered(TimeSpan window);
}
