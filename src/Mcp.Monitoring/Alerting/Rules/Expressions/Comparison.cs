using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: whether a value is beyond a limit.</summary>
/// <param name="Left">The value.</param>
/// <param name="Operator">Beyond which side.</param>
/// <param name="Right">The limit.</param>
internal sealed record Comparison(Expression Left, RuleComparison Operator, Expression Right) : Expression
{
    /// <summary>Gets the limit at which what fires ends, where that is another.</summary>
    public double? Release { get; init; }

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) =>
        new ComparisonNode(builder.Build(Left, labelSets), Operator, builder.Build(Right, labelSets), Release is { } release ? builder.Build(release, labelSets) : null, labelSets);

    public override bool IsOfProcess => Left.IsOfProcess;

    /// <summary>Gets whether it holds for combinations of labels of which there is no series.</summary>
    public bool HoldsWhereAbsent => Left.IsZeroWhereAbsent && Right is Number limit && (Operator == RuleComparison.AtMost ? limit.Value >= 0 : Operator == RuleComparison.Below && limit.Value > 0);

    public override string ToPromQL(IReadOnlyList<string> by) => Written(by, Sign(Operator));

    /// <summary>Writes where it does not hold, of the combinations of which there are series.</summary>
    public string Opposite(IReadOnlyList<string> by) => Written(by, Operator switch
    {
        RuleComparison.Above => Sign(RuleComparison.AtMost),
        RuleComparison.AtLeast => Sign(RuleComparison.Below),
        RuleComparison.Below => Sign(RuleComparison.AtLeast),
        _ => Sign(RuleComparison.Above),
    });

    private string Written(IReadOnlyList<string> by, string sign) => $"({Left.ToPromQL(by)} {sign} {Right.ToPromQL(by)})";

    private static string Sign(RuleComparison comparison) => comparison switch
    {
        RuleComparison.Above => ">",
        RuleComparison.AtLeast => ">=",
        RuleComparison.Below => "<",
        _ => "<=",
    };
}
