using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: two hold. One that does not is an answer, whatever is to be said of the other.</summary>
internal sealed record Both(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, Frame frame) => new LogicNode(builder.Build(Left, frame), builder.Build(Right, frame), decisive: 0, frame);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} and {Right.ToPromQL(by)})";
}

/// <summary>A condition: one of two holds.</summary>
internal sealed record Either(Expression Left, Expression Right) : Expression
{
    public override Node Build(NodeBuilder builder, Frame frame) => new LogicNode(builder.Build(Left, frame), builder.Build(Right, frame), decisive: 1, frame);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} or {Right.ToPromQL(by)})";
}
