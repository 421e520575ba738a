using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition that holds from the first time on that it held; looked at once a minute.</summary>
internal sealed record OnceTrue(Expression Condition) : Expression
{
    public override Node Build(NodeBuilder builder, Frame frame) => new OnceTrueNode(builder.Build(Condition, frame), frame);

    public override string ToPromQL(IReadOnlyList<string> by) => $"max_over_time(({Condition.ToPromQL(by)})[1d:1m])";
}
