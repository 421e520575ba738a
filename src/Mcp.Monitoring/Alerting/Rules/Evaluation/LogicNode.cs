namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Combines two conditions: one of the decisive value decides, else one of which nothing can be said leaves it open.</summary>
internal sealed class LogicNode(Node left, Node right, double decisive, LabelSetIndex labelSets) : Node(labelSets)
{
    public override bool HasRelease => left.HasRelease || right.HasRelease;

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> first = left.Read(context, holds);
        ReadOnlySpan<double> second = right.Read(context, holds);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = first[i] == decisive || second[i] == decisive ? decisive : first[i] + second[i] is var sum && double.IsNaN(sum) ? double.NaN : 1 - decisive;
        }
    }
}
