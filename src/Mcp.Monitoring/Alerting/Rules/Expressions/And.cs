using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: two hold. One that does not is an answer, whatever is to be said of the other.</summary>
internal sealed record And(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LogicNode(builder.Build(Left, labelSets), builder.Build(Right, labelSets), decisive: 0, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} and {Right.ToPromQL(by)})";
}

/// <summary>A condition: one of two holds.</summary>
internal sealed record Or(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LogicNode(builder.Build(Left, labelSets), builder.Build(Right, labelSets), decisive: 1, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} or {Right.ToPromQL(by)})";
}
