using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>Samples that remember over which times they were asked.</summary>
internal sealed class AskedWindows(ISeriesSource samples) : ISeriesSource
{
    public HashSet<TimeSpan> Asked { get; } = [];

    public TimeSpan Now => samples.Now;

    public ReadOnlySpan<SampledSeries> Of(string metric) => samples.Of(metric);

    public double Last(SampledSeries series) => samples.Last(series);

    public double ValueAt(SampledSeries series, TimeSpan ago)
    {
        Note(ago);
        return samples.ValueAt(series, ago);
    }

    public double Increase(SampledSeries series, TimeSpan window)
    {
        Note(window);
        return samples.Increase(series, window);
    }

    public bool TryReadBuckets(SampledSeries series, TimeSpan window, Span<double> increases)
    {
        Note(window);
        return samples.TryReadBuckets(series, window, increases);
    }

    public double SumIncrease(SampledSeries series, TimeSpan window)
    {
        Note(window);
        return samples.SumIncrease(series, window);
    }

    public IReadOnlyList<double> Bounds(string metric) => samples.Bounds(metric);

    public TimeSpan Covered(TimeSpan window) => samples.Covered(window);

    private void Note(TimeSpan window)
    {
        if (window > TimeSpan.Zero)
        {
            Asked.Add(window);
        }
    }
}
