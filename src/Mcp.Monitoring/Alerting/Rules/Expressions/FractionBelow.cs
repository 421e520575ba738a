using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The share of the histograms of a selector up to an edge of theirs.</summary>
internal sealed record FractionBelow(Selector Series, double Edge, TimeSpan Window) : Expression
{
    public override TimeSpan Lookback => Window;

    public override bool IsIntensity => true;

    public override bool NeedsHistory => true;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new FractionNode(Edge, builder.Buckets(Series, Window, labelSets), labelSets);

    // Prometheus 3 writes le="1.0" where 2 writes le="1".
    public override string ToPromQL(IReadOnlyList<string> by)
    {
        Selector within = Series.With(Edge % 1 == 0 ? $"le=~\"{Text(Edge)}(\\\\.0)?\"" : $"le=\"{Text(Edge)}\"");
        return $"({Aggregated("sum", by, $"rate({within.ToPromQL("_bucket")}[{Text(Window)}])")} / {Aggregated("sum", by, $"rate({Series.ToPromQL("_count")}[{Text(Window)}])")})";
    }
}
