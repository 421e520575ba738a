namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds that calls of an operation should keep: its own target, else what is usual; never below the floor.</summary>
internal sealed class LatencyTarget(double usual, double floor) : Expression
{
    private const double Milliseconds = 1_000;

    protected override object Identity => (usual, floor);

    // The targets of operations are known in the process only.
    public override string ToPromQL(IReadOnlyList<string> by) => PromQL.Text(Math.Max(usual, floor));

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            double? own = context.TargetOf(LabelSets.Label(i, AlertLabels.OperationType), LabelSets.Label(i, AlertLabels.Operation));
            results[i] = Math.Max(floor, own / Milliseconds ?? usual);
        }
    }
}
