using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition that holds from the first time on that it held; looked at once a minute.</summary>
internal sealed record KeepTrue(Expression Condition) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new KeepTrueNode(builder.Build(Condition, labelSets), labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"max_over_time(({Condition.ToPromQL(by)})[1d:1m])";
}
