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

    public override string ToPromQL(IReadOnlyList<string> by) => $"{Left.ToPromQL(by)} {Sign} {Right.ToPromQL(by)}";

    private string Sign => Operator switch
    {
        RuleComparison.Above => ">",
        RuleComparison.AtLeast => ">=",
        RuleComparison.Below => "<",
        _ => "<=",
    };
}
