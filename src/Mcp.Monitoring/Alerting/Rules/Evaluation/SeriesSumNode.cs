using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="SeriesSum"/>
internal sealed class SeriesSumNode(SeriesSum sum, LabelSetIndex labelSets) : Node(labelSets)
{
    private readonly SeriesList _series = new(sum.Series, labelSets);

    public override string Metric => sum.Series.Metric;

    public override void Discover(EvaluationContext context) => _series.Discover(context.Series);

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((SampledSeries series, int index) in _series.Found)
        {
            double value = Of(context.Series, series);
            if (!double.IsNaN(value))
            {
                results[index] = double.IsNaN(results[index]) ? value : results[index] + value;
            }
        }
    }

    private double Of(ISeriesSource source, SampledSeries series) => sum.Function switch
    {
        SeriesFunction.Last => sum.Ago == default ? source.Last(series) : source.ValueAt(series, sum.Ago),
        SeriesFunction.Count => source.Count(series, sum.Window, sum.Ago),
        SeriesFunction.Increase => source.Increase(series, sum.Window),
        _ => source.Increase(series, sum.Window) / sum.Window.TotalSeconds,
    };
}
