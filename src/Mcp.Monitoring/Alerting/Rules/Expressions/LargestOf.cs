using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The largest of the newest values of series.</summary>
internal sealed class LargestOf(Selector selector) : Expression
{
    private readonly SeriesList _series = new(selector);

    public override string Metric => selector.Metric;

    public override ValueUnit Unit => selector.IsOfTimes ? ValueUnit.Seconds : ValueUnit.Number;

    protected override object Identity => selector;

    public override void Discover(EvaluationContext context) => _series.Discover(context.Series, LabelSets);

    public override string ToPromQL(PromQLFormat format) => PromQL.Aggregate("max", format.By, format.Last(selector.ToPromQL(format)));

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((SampledSeries series, int index) in _series.Found)
        {
            double value = context.Series.Last(series);
            results[index] = double.IsNaN(results[index]) || value > results[index] ? value : results[index];
        }
    }
}
