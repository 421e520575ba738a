using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: two hold. One that does not is an answer, whatever is to be said of the other.</summary>
internal sealed record And(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LogicNode(builder.Build(Left, labelSets), builder.Build(Right, labelSets), decisive: 0, labelSets);

    public override bool IsOfProcess => Left.IsOfProcess && Right.IsOfProcess;

    // What holds for combinations without series is written as what must not hold for those with series.
    public override string ToPromQL(IReadOnlyList<string> by) =>
        Right.IsOfProcess ? Left.ToPromQL(by)
        : Left.IsOfProcess ? Right.ToPromQL(by)
        : by.Count > 0 && (Right is MinimumSamples enough ? enough.Condition : Right) is Comparison { HoldsWhereAbsent: true } right ? $"({Left.ToPromQL(by)} unless {right.Opposite(by)})"
        : $"({Left.ToPromQL(by)} and {Right.ToPromQL(by)})";
}

/// <summary>A condition: one of two holds.</summary>
internal sealed record Or(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LogicNode(builder.Build(Left, labelSets), builder.Build(Right, labelSets), decisive: 1, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} or {Right.ToPromQL(by)})";
}
