using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds that calls of an operation should keep: its own target, else what is usual; never below the floor.</summary>
internal sealed class LatencyTarget(double usual, double floor) : Expression
{
    private const double Milliseconds = 1_000;

    protected override object Identity => (usual, floor);

    public override string ToPromQL(PromQLFormat format)
    {
        OwnTarget[] own = [.. format.Targets.Where(target => Math.Max(floor, target.Seconds) != Math.Max(floor, usual))];
        if (own.Length == 0)
        {
            return PromQL.Text(Math.Max(usual, floor));
        }

        IEnumerable<string> limits = own.Select(target => Of(target.Seconds, LabelMatcher.Equal(AlertLabels.OperationType, target.OperationType), LabelMatcher.Equal(AlertLabels.Operation, target.Operation)));
        return $"({string.Join(" or ", limits)} or {Of(usual)})";

        string Of(double seconds, params LabelMatcher[] operation) =>
            $"{PromQL.Text(Math.Max(seconds, floor))} * {PromQL.Aggregate("group", format.By, format.Last(new Selector(MetricNames.OperationInfo.Name, operation).ToPromQL(format)))}";
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            double? own = context.TargetOf(LabelSets.Label(i, AlertLabels.OperationType), LabelSets.Label(i, AlertLabels.Operation));
            results[i] = Math.Max(floor, own / Milliseconds ?? usual);
        }
    }
}
