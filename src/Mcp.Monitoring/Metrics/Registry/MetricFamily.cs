using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>All series of one metric. Written by the scrape, one at a time.</summary>
internal abstract class MetricFamily(MetricDefinition definition)
{
    private readonly byte[]?[] _headers = new byte[LineSet.FormatCount][];

    public MetricDefinition Definition { get; } = definition;

    public void Write(ExpositionWriter writer)
    {
        ref byte[]? header = ref _headers[(int)writer.Format];
        header ??= writer.Text.Header(Definition, writer.Format);
        writer.BeginFamily(header, Definition.Kind);
        WriteSeries(writer);
        writer.EndFamily();
    }

    /// <summary>Gets the upper bounds of a histogram in seconds, without the infinite one; empty for what is none.</summary>
    public virtual IReadOnlyList<double> Bounds => [];

    /// <summary>Gets whether its counters are no whole numbers.</summary>
    public virtual bool HasFractions => false;

    /// <summary>Hands the value of each series to a sampler; one at a time.</summary>
    public abstract void Sample(SeriesSampler sampler);

    /// <summary>Reads counters for the meter.</summary>
    public virtual IEnumerable<Measurement<long>> Counts() => [];

    /// <summary>Reads gauges, and counters that are no whole numbers, for the meter.</summary>
    public virtual IEnumerable<Measurement<double>> Values() => [];

    protected abstract void WriteSeries(ExpositionWriter writer);

    protected KeyValuePair<string, object?>[] Tags(params ReadOnlySpan<string> values)
    {
        var tags = new KeyValuePair<string, object?>[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            tags[i] = new(Definition.Labels[i], values[i]);
        }

        return tags;
    }
}
