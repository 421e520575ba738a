using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The same number for each combination of labels.</summary>
internal sealed record Number(double Value) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new NumberNode(Value, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => Text(Value);
}
