using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>One series of a bridged metric: its labels and what was measured. Recording takes no lock and allocates nothing.</summary>
internal abstract class BridgedSeries(TagLabels labels)
{
    private readonly LineSet?[] _lines = new LineSet?[LineSet.FormatCount];

    protected TagLabels Labels => labels;

    /// <summary>Gets or sets the collection in which an observable instrument last reported this series.</summary>
    public int Collection { get; set; }

    public abstract void Record(long value);

    /// <returns>Whether the series could take it.</returns>
    public abstract bool TryRecord(double value);

    public void Write(ExpositionWriter writer, string name)
    {
        ref LineSet? lines = ref _lines[(int)writer.Format];
        lines ??= Prepare(writer, name);
        Write(writer, lines);
    }

    /// <summary>Hands the value to a sampler.</summary>
    public abstract void Sample(SeriesSampler sampler, string name, MetricKind kind);

    protected abstract void Write(ExpositionWriter writer, LineSet lines);

    protected virtual LineSet Prepare(ExpositionWriter writer, string name)
    {
        var lines = new LineText.Builder();
        writer.Text.AppendLine(lines, name, suffix: "", labels.Names, labels.Values, le: null);
        return lines.Build();
    }
}
