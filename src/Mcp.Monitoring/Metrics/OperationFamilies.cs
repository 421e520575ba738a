using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics;

/// <summary>A metric that is written from the cells of each operation.</summary>
internal abstract class OperationFamily(MetricDefinition definition, OperationMetrics operations, int index) : MetricFamily(definition)
{
    protected OperationMetrics Operations => operations;

    protected override void WriteSeries(ExpositionWriter writer)
    {
        foreach (OperationCells cells in operations.All)
        {
            ref LineSet? lines = ref cells.Lines[(index * LineSet.FormatCount) + (int)writer.Format];
            lines ??= Prepare(writer, cells);
            Write(writer, lines, cells);
        }
    }

    protected abstract LineSet Prepare(ExpositionWriter writer, OperationCells cells);

    protected abstract void Write(ExpositionWriter writer, LineSet lines, OperationCells cells);
}

internal sealed class OperationsFamily(OperationMetrics operations) : OperationFamily(MetricNames.Operations, operations, index: 0)
{
    public override IEnumerable<Measurement<long>> Counts() =>
        from cells in Operations.All.ToArray()
        from outcome in OperationLabels.Outcomes
        select new Measurement<long>(cells.Ended(outcome), Tags(cells.Type.Label(), cells.Name, outcome.Label()));

    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells)
    {
        var lines = new LineText.Builder();
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            writer.Text.AppendLine(lines, Definition, suffix: "", [cells.Type.Label(), cells.Name, outcome.Label()], le: null);
        }

        return lines.Build();
    }

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells)
    {
        for (int i = 0; i < OperationLabels.Outcomes.Count; i++)
        {
            writer.Sample(lines, i, cells.Ended(OperationLabels.Outcomes[i]));
        }
    }
}

internal sealed class OperationDurationFamily(OperationMetrics operations) : OperationFamily(MetricNames.OperationDuration, operations, index: 1)
{
    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells)
    {
        var lines = new LineText.Builder();
        writer.Text.AppendHistogram(lines, Definition, writer.Format, Operations.Buckets, cells.Type.Label(), cells.Name, "success");
        writer.Text.AppendHistogram(lines, Definition, writer.Format, Operations.Buckets, cells.Type.Label(), cells.Name, "error");
        return lines.Build();
    }

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells)
    {
        Span<long> counts = stackalloc long[Operations.Buckets.Count];
        cells.ReadSuccessBuckets(counts);
        int next = writer.Histogram(lines, 0, counts, cells.SuccessExemplars, cells.SuccessTicks);
        cells.ReadFailureBuckets(counts);
        writer.Histogram(lines, next, counts, cells.FailureExemplars, cells.FailureTicks);
    }
}

internal sealed class OperationInfoFamily(OperationMetrics operations) : OperationFamily(MetricNames.OperationInfo, operations, index: 3)
{
    public override IEnumerable<Measurement<double>> Values() =>
        from cells in Operations.All.ToArray()
        select new Measurement<double>(1, Tags(cells.Type.Label(), cells.Name, cells.Traits.Owner ?? ""));

    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells) =>
        writer.Text.Single(Definition, cells.Type.Label(), cells.Name, cells.Traits.Owner ?? "");

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells) => writer.Sample(lines, 0, 1L);
}

internal sealed class LastSuccessFamily(OperationMetrics operations) : OperationFamily(MetricNames.OperationLastSuccess, operations, index: 4)
{
    public override IEnumerable<Measurement<double>> Values() =>
        from cells in Operations.All.ToArray()
        where cells.LastSuccess != 0
        select new Measurement<double>(Operations.UnixSeconds(cells.LastSuccess), Tags(cells.Type.Label(), cells.Name));

    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells) =>
        writer.Text.Single(Definition, cells.Type.Label(), cells.Name);

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells)
    {
        if (cells.LastSuccess is not 0 and long last)
        {
            writer.Sample(lines, 0, Math.Round(Operations.UnixSeconds(last), 3));
        }
    }
}
