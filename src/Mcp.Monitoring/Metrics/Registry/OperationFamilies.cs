using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>A metric that is written from the cells of each operation.</summary>
internal abstract class OperationFamily(MetricDefinition definition, OperationMetrics operations, int index) : MetricFamily(definition)
{
    protected OperationMetrics Operations => operations;

    public override void Sample(SeriesSampler sampler)
    {
        int next = 0;
        int known = sampler.Begin(this);
        foreach (OperationCells cells in operations.All)
        {
            if (next >= known)
            {
                Introduce(sampler, cells);
            }

            next += Sample(sampler, cells);
        }
    }

    protected override void WriteSeries(ExpositionWriter writer)
    {
        foreach (OperationCells cells in operations.All)
        {
            ref LineSet? lines = ref cells.Lines[(index * LineSet.FormatCount) + (int)writer.Format];
            if (lines is null || IsOutdated(lines, cells))
            {
                lines = Prepare(writer, cells);
            }

            Write(writer, lines, cells);
        }
    }

    protected abstract LineSet Prepare(ExpositionWriter writer, OperationCells cells);

    protected virtual bool IsOutdated(LineSet lines, OperationCells cells) => false;

    /// <summary>Introduces all series of an operation, which always are as many.</summary>
    protected abstract void Introduce(SeriesSampler sampler, OperationCells cells);

    /// <returns>How many series an operation has.</returns>
    protected abstract int Sample(SeriesSampler sampler, OperationCells cells);

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

    protected override void Introduce(SeriesSampler sampler, OperationCells cells)
    {
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            sampler.Introduce(cells.Type.Label(), cells.Name, outcome.Label());
        }
    }

    protected override int Sample(SeriesSampler sampler, OperationCells cells)
    {
        for (int i = 0; i < OperationLabels.Outcomes.Count; i++)
        {
            sampler.Counter(cells.Ended(OperationLabels.Outcomes[i]));
        }

        return OperationLabels.Outcomes.Count;
    }
}

internal sealed class OperationDurationFamily(OperationMetrics operations) : OperationFamily(MetricNames.OperationDuration, operations, index: 1)
{
    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells)
    {
        var lines = new LineText.Builder();
        LatencyBuckets buckets = cells.Buckets;
        writer.Text.AppendHistogram(lines, Definition, writer.Format, buckets, cells.Type.Label(), cells.Name, "success");
        writer.Text.AppendHistogram(lines, Definition, writer.Format, buckets, cells.Type.Label(), cells.Name, "error");
        return lines.Build();
    }

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells)
    {
        Span<long> counts = stackalloc long[BucketsOf(lines)];
        Span<long> native = cells.ReadNativeSuccesses(writer.NativeRoom);
        cells.ReadSuccessBuckets(counts);
        int next = writer.Histogram(lines, 0, counts, cells.SuccessExemplars, cells.SuccessTicks, native);
        native = cells.ReadNativeFailures(writer.NativeRoom);
        cells.ReadFailureBuckets(counts);
        writer.Histogram(lines, next, counts, cells.FailureExemplars, cells.FailureTicks, native);
    }

    public override IReadOnlyList<double> Bounds => Operations.Buckets.Bounds;

    // The target of an operation may become known when its lines are made already.
    protected override bool IsOutdated(LineSet lines, OperationCells cells) => BucketsOf(lines) != cells.Buckets.Count;

    // Two histograms, each with a sum and a count.
    private static int BucketsOf(LineSet lines) => (lines.Count / 2) - 2;

    protected override void Introduce(SeriesSampler sampler, OperationCells cells)
    {
        sampler.Introduce(cells.Type.Label(), cells.Name, "success");
        sampler.Introduce(cells.Type.Label(), cells.Name, "error");
    }

    protected override int Sample(SeriesSampler sampler, OperationCells cells)
    {
        LatencyBuckets buckets = cells.Buckets;
        Span<long> counts = stackalloc long[buckets.Count];
        cells.ReadSuccessBuckets(counts);
        sampler.Histogram(buckets.Shared(counts), cells.SuccessTicks);
        cells.ReadFailureBuckets(counts);
        sampler.Histogram(buckets.Shared(counts), cells.FailureTicks);
        return 2;
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

    protected override void Introduce(SeriesSampler sampler, OperationCells cells) =>
        sampler.Introduce(cells.Type.Label(), cells.Name, cells.Traits.Owner ?? "");

    protected override int Sample(SeriesSampler sampler, OperationCells cells)
    {
        sampler.Gauge(1);
        return 1;
    }
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

    protected override void Introduce(SeriesSampler sampler, OperationCells cells) => sampler.Introduce(cells.Type.Label(), cells.Name);

    protected override int Sample(SeriesSampler sampler, OperationCells cells)
    {
        sampler.Gauge(cells.LastSuccess is not 0 and long last ? Math.Round(Operations.UnixSeconds(last), 3) : double.NaN);
        return 1;
    }
}
