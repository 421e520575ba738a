using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Sampling;

/// <summary>A series of the <see cref="SampleStore"/>. It takes cells with its first event: until then it was 0 in every slot, or absent.</summary>
internal sealed class StoredSeries(SampledMetric metric, string[] names, string[] values, int index)
    : SampledSeries(metric.Name, metric.Kind, names, values, index)
{
    public const int NoCell = -1;

    /// <summary>Gets whether it is of somebody else's meter: what it was before its first sample is only known if it was born after the sample before.</summary>
    public bool IsForeign { get; } = metric.IsForeign;

    /// <summary>Gets whether its cell is a number that may be absent or fall, and not a count.</summary>
    public bool IsNumber { get; } = metric.Kind == MetricKind.Gauge || metric.HasFractions;

    /// <summary>Gets the last tier that has samples of it.</summary>
    public int LastTier => IsNumber ? SampleBanks.Middle : SampleBanks.Coarse;

    /// <summary>Gets or sets its cell, or the first of its buckets.</summary>
    public int Cell { get; set; } = NoCell;

    /// <summary>Gets or sets the cell of a histogram's sum.</summary>
    public int SumCell { get; set; } = NoCell;

    /// <summary>Gets or sets the cell of a histogram's number of observations.</summary>
    public int TotalCell { get; set; } = NoCell;

    public int Buckets { get; } = metric.Buckets;

    public bool HasCells => Cell != NoCell;

    /// <summary>Gets what it is worth while it has no cells.</summary>
    public double Unused => IsForeign || Kind == MetricKind.Gauge ? double.NaN : 0;
}
