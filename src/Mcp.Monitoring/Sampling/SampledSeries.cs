using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Sampling;

/// <summary>The identity of one series.</summary>
/// <param name="metric">The name; of our own metrics with the prefix <c>mcp_</c>, whatever the registry's is.</param>
/// <param name="kind">What the metric is.</param>
/// <param name="names">The names of its labels.</param>
/// <param name="values">Their values, in the same order.</param>
/// <param name="index">Where it stands among the series of its metric.</param>
internal class SampledSeries(string metric, MetricKind kind, string[] names, string[] values, int index)
{
    public string Metric => metric;

    public MetricKind Kind => kind;

    public int Index => index;

    public ReadOnlySpan<string> Names => names;

    public ReadOnlySpan<string> Values => values;

    /// <summary>Gets the value of a label; empty where there is none, as in Prometheus.</summary>
    public string Label(string name)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == name)
            {
                return values[i];
            }
        }

        return "";
    }

    public override string ToString() => $"{metric}{{{string.Join(", ", names.Select((name, i) => $"{name}=\"{values[i]}\""))}}}";
}
