using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>The same scrape through the plain writer, reading the same cells.</summary>
internal sealed class PlainScrape
{
    private static readonly OperationOutcome[] s_outcomes = [.. OperationLabels.Outcomes];
    private static readonly OperationOutcome[] s_errorOutcomes = [.. OperationLabels.ErrorOutcomes];
    private static readonly ErrorType[] s_errorTypes = [.. OperationLabels.ErrorTypes];
    private readonly MetricsRegistry _registry;
    private readonly PlainWriter _writer;
    private readonly (MetricDefinition Metric, string[] Labels, double Value)[] _rest;

    public PlainScrape(MetricsRegistry registry, string service)
    {
        _registry = registry;
        _writer = new PlainWriter(service);

        // The few series that belong to no operation do not change while this is measured; they are read once, to this writer's advantage.
        _rest =
        [
            .. from family in registry.Families
               where family is CounterFamily or GaugeFamily
               from series in family.Counts().Select(count => (Value: (double)count.Value, Tags: count.Tags.ToArray()))
                   .Concat(family.Values().Select(value => (value.Value, Tags: value.Tags.ToArray())))
               select (family.Definition, series.Tags.Select(tag => (string)tag.Value!).ToArray(), series.Value),
        ];
    }

    public ReadOnlySpan<byte> Written => _writer.Written;

    public void Write(ExpositionFormat format)
    {
        _writer.Begin(format);
        foreach (MetricFamily family in _registry.Families)
        {
            _writer.Header(family.Definition);
            switch (family)
            {
                case OperationsFamily:
                    WriteOperations();
                    break;
                case OperationDurationFamily:
                    WriteDurations();
                    break;
                case ErrorsFamily:
                    WriteErrors();
                    break;
                case OperationInfoFamily:
                    WriteInfo();
                    break;
                case LastSuccessFamily:
                    WriteLastSuccess();
                    break;
                case HistogramFamily:
                    break; // nothing waits here
                default:
                    WriteRest(family.Definition);
                    break;
            }
        }

        _writer.End();
    }

    private void WriteOperations()
    {
        foreach (OperationCells cells in _registry.Operations.All)
        {
            foreach (OperationOutcome outcome in s_outcomes)
            {
                _writer.Sample(MetricNames.Operations, [cells.Type.Label(), cells.Name, outcome.Label()], cells.Ended(outcome));
            }
        }
    }

    private void WriteDurations()
    {
        Span<long> counts = stackalloc long[_registry.Buckets.Count];
        foreach (OperationCells cells in _registry.Operations.All)
        {
            cells.ReadSuccessBuckets(counts);
            WriteHistogram([cells.Type.Label(), cells.Name, "success"], counts, cells.SuccessExemplars, cells.SuccessTicks);
            cells.ReadFailureBuckets(counts);
            WriteHistogram([cells.Type.Label(), cells.Name, "error"], counts, cells.FailureExemplars, cells.FailureTicks);
        }
    }

    private void WriteHistogram(ReadOnlySpan<string> labels, ReadOnlySpan<long> counts, ReadOnlySpan<Exemplar?> exemplars, long ticks)
    {
        IReadOnlyList<double> bounds = _registry.Buckets.Bounds;
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            _writer.Bucket(
                MetricNames.OperationDuration,
                labels,
                i < bounds.Count ? bounds[i] : double.PositiveInfinity,
                total,
                exemplars[i],
                Seconds(exemplars[i]?.Ticks ?? 0));
        }

        _writer.SumAndCount(MetricNames.OperationDuration, labels, Seconds(ticks), total);
    }

    private void WriteErrors()
    {
        foreach (OperationCells cells in _registry.Operations.All)
        {
            foreach (OperationOutcome outcome in s_errorOutcomes)
            {
                foreach (ErrorType type in s_errorTypes)
                {
                    _writer.Sample(
                        MetricNames.Errors,
                        [type.Label(), outcome.Label(), cells.Type.Label(), cells.Name, OperationLabels.None],
                        cells.Errors(type, outcome),
                        cells.ErrorExemplars[OperationDetails.ErrorIndex(type, outcome)]);
                }
            }
        }
    }

    private void WriteInfo()
    {
        foreach (OperationCells cells in _registry.Operations.All)
        {
            _writer.Sample(MetricNames.OperationInfo, [cells.Type.Label(), cells.Name, cells.Traits.Owner ?? ""], 1L);
        }
    }

    private void WriteLastSuccess()
    {
        foreach (OperationCells cells in _registry.Operations.All)
        {
            if (cells.LastSuccess is not 0 and var last)
            {
                _writer.Sample(MetricNames.OperationLastSuccess, [cells.Type.Label(), cells.Name], Math.Round(_registry.Operations.UnixSeconds(last), 3));
            }
        }
    }

    private void WriteRest(MetricDefinition metric)
    {
        foreach ((MetricDefinition owner, string[] labels, double value) in _rest)
        {
            if (owner == metric)
            {
                _writer.Sample(metric, labels, value);
            }
        }
    }

    private double Seconds(long ticks) => _registry.Clock.ToSeconds(ticks);
}
