using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>Counters that are read as one.</summary>
internal sealed class SeriesGroup
{
    private readonly List<SampledSeries> _all = [];

    public void Add(SampledSeries series) => _all.Add(series);

    /// <summary>Gets how often it has happened at all.</summary>
    public double Total(ISeriesSource source)
    {
        double total = 0;
        foreach (SampledSeries series in _all)
        {
            double value = source.Last(series);
            total += double.IsNaN(value) ? 0 : value;
        }

        return total;
    }

    public double Count(ISeriesSource source, TimeSpan window)
    {
        double sum = 0;
        foreach (SampledSeries series in _all)
        {
            sum += window == default ? 0 : Counted(source, series, window);
        }

        return sum;
    }

    public bool HasAny(ISeriesSource source, TimeSpan window)
    {
        foreach (SampledSeries series in _all)
        {
            if (window != default && Counted(source, series, window) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the time since it happened so many times, counted back from now; <paramref name="longest"/> where it did not.</summary>
    public TimeSpan Ago(ISeriesSource source, double times, TimeSpan longest) =>
        LastChange.Ago((Group: this, Source: source), static (of, window) => of.Group.Count(of.Source, window), times, longest);

    private static double Counted(ISeriesSource source, SampledSeries series, TimeSpan window)
    {
        double count = source.Count(series, window);
        return double.IsNaN(count) ? 0 : count;
    }
}
