using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Adds up what is measured of the series of a selector; what is not known of one counts nothing. For what is said of alerts, not for each evaluation.</summary>
internal static class SeriesTotals
{
    public static double Sum(this ISeriesSource source, Selector selector, Func<SampledSeries, double> measure)
    {
        double sum = 0;
        foreach (SampledSeries series in source.Of(selector.Metric))
        {
            sum += selector.Matches(series) && measure(series) is var value && !double.IsNaN(value) ? value : 0;
        }

        return sum;
    }

    /// <summary>Adds up by the values of a label.</summary>
    public static Dictionary<string, double> SumBy(this ISeriesSource source, Selector selector, string label, Func<SampledSeries, double> measure)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (SampledSeries series in source.Of(selector.Metric))
        {
            if (selector.Matches(series) && measure(series) is var value && !double.IsNaN(value))
            {
                string name = series.Label(label);
                sums[name] = sums.GetValueOrDefault(name) + value;
            }
        }

        return sums;
    }
}
