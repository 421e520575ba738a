using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>Errors: those of operations, those of HTTP routes, and those of either that come from a dependency.</summary>
internal sealed class ErrorsFamily(OperationMetrics operations) : OperationFamily(MetricNames.Errors, operations, index: 2)
{
    private static readonly (ErrorType Type, OperationOutcome Outcome)[] Kinds =
    [
        .. from outcome in OperationLabels.ErrorOutcomes
           from type in OperationLabels.ErrorTypes
           orderby OperationDetails.ErrorIndex(type, outcome)
           select (type, outcome),
    ];

    public override IEnumerable<Measurement<long>> Counts() =>
    [
        .. from cells in Operations.All.ToArray()
           from kind in Kinds
           select new Measurement<long>(cells.Errors(kind.Type, kind.Outcome), Tags(Labels(cells.Type.Label(), cells.Name, kind))),
        .. from errors in Operations.Errors.ToArray()
           from kind in errors.Kinds
           select new Measurement<long>(errors.Count(kind), Tags(Labels(errors.OperationType, errors.Operation, kind, errors.Dependency))),
    ];

    public override void Sample(SeriesSampler sampler)
    {
        base.Sample(sampler);
        int next = 0;
        int known = sampler.Begin(this, list: 1);
        foreach (ErrorCells errors in Operations.Errors)
        {
            if (next >= known)
            {
                Introduce(sampler, errors.OperationType, errors.Operation, errors.Kinds, errors.Dependency);
            }

            for (int i = 0; i < errors.Kinds.Count; i++)
            {
                sampler.Counter(errors.Count(errors.Kinds[i]));
            }

            next += errors.Kinds.Count;
        }
    }

    protected override void WriteSeries(ExpositionWriter writer)
    {
        base.WriteSeries(writer);
        foreach (ErrorCells errors in Operations.Errors)
        {
            ref LineSet? lines = ref errors.Lines[(int)writer.Format];
            lines ??= Prepare(writer, errors.OperationType, errors.Operation, errors.Kinds, errors.Dependency);
            for (int i = 0; i < errors.Kinds.Count; i++)
            {
                (long count, Exemplar? exemplar) = errors.Read(errors.Kinds[i]);
                writer.Sample(lines, i, count, exemplar, isDuration: false);
            }
        }
    }

    protected override LineSet Prepare(ExpositionWriter writer, OperationCells cells) =>
        Prepare(writer, cells.Type.Label(), cells.Name, Kinds);

    protected override void Write(ExpositionWriter writer, LineSet lines, OperationCells cells)
    {
        ReadOnlySpan<long> counts = cells.ErrorCounts;
        ReadOnlySpan<Exemplar?> exemplars = cells.ErrorExemplars;
        for (int i = 0; i < counts.Length; i++)
        {
            writer.Sample(lines, i, counts[i], exemplars[i], isDuration: false);
        }
    }

    protected override void Introduce(SeriesSampler sampler, OperationCells cells) => Introduce(sampler, cells.Type.Label(), cells.Name, Kinds);

    protected override int Sample(SeriesSampler sampler, OperationCells cells)
    {
        foreach (ref readonly long count in cells.ErrorCounts)
        {
            sampler.Counter(Volatile.Read(in count));
        }

        return Kinds.Length;
    }

    private static void Introduce(
        SeriesSampler sampler, string operationType, string operation, IReadOnlyList<(ErrorType Type, OperationOutcome Outcome)> kinds, string dependency = OperationLabels.None)
    {
        foreach ((ErrorType Type, OperationOutcome Outcome) kind in kinds)
        {
            sampler.Introduce(Labels(operationType, operation, kind, dependency));
        }
    }

    private LineSet Prepare(ExpositionWriter writer, string operationType, string operation, IReadOnlyList<(ErrorType Type, OperationOutcome Outcome)> kinds, string dependency = OperationLabels.None)
    {
        var lines = new LineText.Builder();
        foreach ((ErrorType Type, OperationOutcome Outcome) kind in kinds)
        {
            writer.Text.AppendLine(lines, Definition, suffix: "", Labels(operationType, operation, kind, dependency), le: null);
        }

        return lines.Build();
    }

    private static string[] Labels(string operationType, string operation, (ErrorType Type, OperationOutcome Outcome) kind, string dependency = OperationLabels.None) =>
        [kind.Type.Label(), kind.Outcome.Label(), operationType, operation, dependency];
}
