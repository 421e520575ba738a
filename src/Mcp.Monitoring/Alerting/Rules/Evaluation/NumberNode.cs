namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>The same number for each combination of labels.</summary>
internal sealed class NumberNode(double value, LabelSetIndex labelSets) : Node(labelSets)
{
    protected override void Compute(EvaluationContext context, bool holds, Span<double> results) => results.Fill(value);
}
