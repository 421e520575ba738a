using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>One series of a bridged metric: its labels and what was measured. Recording takes no lock and allocates nothing.</summary>
internal abstract class BridgedSeries(TagLabels labels)
{
    private readonly LineSet?[] _lines = new LineSet?[LineSet.FormatCount];

    protected TagLabels Labels => labels;

    /// <summary>Gets or sets the collection in which an observable instrument last reported this series.</summary>
    public int Collection { get; set; }

    /// <summary>Gets the last pass of the sampler in which it is known not to have been there: it was 0 then.</summary>
    public required int AbsentIn { get; init; }

    /// <returns>Whether the series could take it.</returns>
    public abstract bool TryRecord(long value);

    /// <returns>Whether the series could take it.</returns>
    public abstract bool TryRecord(double value);

    public void Write(ExpositionWriter writer, string name)
    {
        ref LineSet? lines = ref _lines[(int)writer.Format];
        lines ??= Prepare(writer, name);
        Write(writer, lines);
    }

    /// <summary>Hands the value to a sampler.</summary>
    /// <param name="sampler">Who takes it.</param>
    /// <param name="name">The name of the metric.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="isBorn">Whether it was 0 when the sampler last looked.</param>
    public abstract void Sample(SeriesSampler sampler, string name, MetricKind kind, bool isBorn);

    protected abstract void Write(ExpositionWriter writer, LineSet lines);

    protected virtual LineSet Prepare(ExpositionWriter writer, string name)
    {
        var lines = new LineText.Builder();
        writer.Text.AppendLine(lines, name, suffix: "", labels.Names, labels.Values, le: null);
        return lines.Build();
    }
}
