using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The series of a selector, added up by the labels of the rule.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Function">What is read of each.</param>
/// <param name="Window">Over which time, where the function has one.</param>
/// <param name="Ago">How long before now that time ends.</param>
/// <param name="IsHistogram">Whether it is a histogram, whose observations are counted; for PromQL only.</param>
internal sealed record SeriesSum(Selector Series, SeriesFunction Function, TimeSpan Window = default, TimeSpan Ago = default, bool IsHistogram = false) : Expression
{
    public override TimeSpan Lookback => Function == SeriesFunction.Last ? default : Window;

    public override bool IsIntensity => Function is SeriesFunction.Last or SeriesFunction.Rate;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new SeriesSumNode(this, labelSets);

    public override string ToPromQL(IReadOnlyList<string> by)
    {
        string series = Series.ToPromQL(IsHistogram ? "_count" : "");
        string offset = Ago == default ? "" : $" offset {Text(Ago)}";
        return Aggregated("sum", by, Function switch
        {
            SeriesFunction.Last => series + offset,
            SeriesFunction.Rate => $"rate({series}[{Text(Window)}]{offset})",
            _ => $"increase({series}[{Text(Window)}]{offset})",
        });
    }
}
