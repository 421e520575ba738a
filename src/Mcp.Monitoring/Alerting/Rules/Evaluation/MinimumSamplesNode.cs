namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Says nothing where a condition does not hold.</summary>
internal sealed class MinimumSamplesNode(Node condition, LabelSetIndex labelSets) : Node(labelSets)
{
    public override bool HasRelease => condition.HasRelease;

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> conditions = condition.Read(context, holds);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = conditions[i] == 1 ? 1 : double.NaN;
        }
    }
}
