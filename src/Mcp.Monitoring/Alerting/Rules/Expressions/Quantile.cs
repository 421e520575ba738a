using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A quantile of the histograms of a selector together, in their unit.</summary>
internal sealed record Quantile(Selector Series, double Of, TimeSpan Window) : Expression
{
    public override TimeSpan Lookback => Window;

    public override bool IsIntensity => true;

    public override bool NeedsHistory => true;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new QuantileNode(Of, builder.Buckets(Series, Window, labelSets), labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) =>
        $"histogram_quantile({Text(Of)}, {Aggregated("sum", [.. by, "le"], $"rate({Series.ToPromQL("_bucket")}[{Text(Window)}])")})";
}
