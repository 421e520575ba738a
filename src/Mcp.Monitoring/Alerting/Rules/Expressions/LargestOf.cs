using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The largest of the newest values of series.</summary>
internal sealed record LargestOf(Selector Series) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new LargestOfNode(this, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => Aggregated("max", by, Series.ToPromQL());
}
