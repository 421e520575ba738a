using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="LargestOf"/>
internal sealed class LargestOfNode(LargestOf largest, LabelSetIndex labelSets) : Node(labelSets)
{
    private readonly SeriesList _series = new(largest.Series, labelSets);

    public override string Metric => largest.Series.Metric;

    public override void Discover(EvaluationContext context) => _series.Discover(context.Series);

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((SampledSeries series, int index) in _series.Found)
        {
            double value = context.Series.Last(series);
            results[index] = double.IsNaN(results[index]) || value > results[index] ? value : results[index];
        }
    }
}
