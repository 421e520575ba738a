using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The buckets and the sum of a bridged histogram. The count of all is the sum of the buckets.</summary>
internal sealed class HistogramSeries(TagLabels labels, BucketBounds bounds) : BridgedSeries(labels)
{
    private readonly StripedCells _cells = new(1 + bounds.Count);

    public override bool TryRecord(long value) => TryRecord((double)value);

    public override bool TryRecord(double value)
    {
        ref long own = ref _cells.Own();
        if (!AtomicDouble.TryAdd(ref own, value))
        {
            return false;
        }

        Interlocked.Increment(ref Unsafe.Add(ref own, 1 + bounds.IndexOf(value)));
        return true;
    }

    public override void Sample(SeriesSampler sampler, string name, MetricKind kind, bool isBorn)
    {
        _cells.Sum(1, bounds.Counts);
        sampler.Other(name, bounds.Written, Labels.Names, Labels.Values, Labels.Key, bounds.Counts, _cells.SumOfDoubles(0), isBorn);
    }

    protected override LineSet Prepare(ExpositionWriter writer, string name)
    {
        var lines = new LineText.Builder();
        IReadOnlyList<double> written = bounds.IsLowestUnsaid && writer.Format == ExpositionFormat.OpenMetrics ? [double.MinValue, .. bounds.Written] : bounds.Written;
        writer.Text.AppendHistogram(lines, name, writer.Format, written, Labels.Names, Labels.Values);
        return lines.Build();
    }

    protected override void Write(ExpositionWriter writer, LineSet lines)
    {
        _cells.Sum(1, bounds.Counts);
        if (bounds.AreBelow0 && writer.Format == ExpositionFormat.OpenMetrics)
        {
            // OpenMetrics 1.0, "Histogram": a sum that may fall is no counter and must not be there, nor then the count.
            // A reader knows such a histogram by a bound below 0.
            writer.Buckets(lines, bounds.IsLowestUnsaid ? [0, .. bounds.Counts] : bounds.Counts);
            return;
        }

        writer.Histogram(lines, bounds.Counts, _cells.SumOfDoubles(0));
    }
}
