namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Takes what is absent for 0.</summary>
internal sealed class OrZeroNode(Node value, LabelSetIndex labelSets) : Node(labelSets)
{
    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> values = value.Read(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = double.IsNaN(values[i]) ? 0 : values[i];
        }
    }
}
