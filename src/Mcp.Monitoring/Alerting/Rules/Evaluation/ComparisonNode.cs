namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Compares with a limit, and with another once an alert fires.</summary>
internal sealed class ComparisonNode(Node left, RuleComparison comparison, Node right, Node? release, LabelSetIndex labelSets) : Node(labelSets)
{
    public override bool HasRelease => release is not null;

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> values = left.Read(context);
        ReadOnlySpan<double> limits = (holds ? release! : right).Read(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = double.IsNaN(values[i]) || double.IsNaN(limits[i]) ? double.NaN : IsBeyond(values[i], limits[i], holds) ? 1 : 0;
        }
    }

    // Between the two limits all stays as it is: at the limit of the end itself, it has come back.
    private bool IsBeyond(double value, double limit, bool holds) => comparison switch
    {
        RuleComparison.Above => value > limit,
        RuleComparison.AtLeast => holds ? value > limit : value >= limit,
        RuleComparison.Below => value < limit,
        _ => holds ? value < limit : value <= limit,
    };
}
