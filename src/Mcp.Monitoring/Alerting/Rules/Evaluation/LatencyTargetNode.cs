using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="LatencyTarget"/>
internal sealed class LatencyTargetNode(LatencyTarget target, LabelSetIndex labelSets) : Node(labelSets)
{
    private const double Milliseconds = 1_000;

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            double? own = context.TargetOf(LabelSets.Label(i, AlertLabels.OperationType), LabelSets.Label(i, AlertLabels.Operation));
            results[i] = Math.Max(target.Floor, own / Milliseconds ?? target.Usual);
        }
    }
}
