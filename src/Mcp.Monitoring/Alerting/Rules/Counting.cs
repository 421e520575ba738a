using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Whole counts of what happened, as people count. Prometheus extrapolates to the edges of a window, where 5 errors become 4.97 and are not 5.</summary>
internal static class Counting
{
    private const string OwnPrefix = "mcp_";

    /// <summary>Counts what happened in a window that ends some time ago; NaN where nothing is known.</summary>
    public static double Count(this ISeriesSource source, SampledSeries series, TimeSpan window, TimeSpan ago = default)
    {
        double end = source.TotalAt(series, ago);
        double count = end - source.TotalAt(series, ago + window);

        // A counter that was reset, or that counted before anybody sampled it.
        return count >= 0 ? count : ago == default ? source.Increase(series, window) : double.NaN;
    }

    /// <summary>Gets the value some time ago. Our own counters begin at 0, which is known without a sample.</summary>
    public static double TotalAt(this ISeriesSource source, SampledSeries series, TimeSpan ago)
    {
        double value = ago == default ? source.Last(series) : source.ValueAt(series, ago);
        return double.IsNaN(value) && ago > default(TimeSpan) && series.Metric.StartsWith(OwnPrefix, StringComparison.Ordinal) ? 0 : value;
    }
}
