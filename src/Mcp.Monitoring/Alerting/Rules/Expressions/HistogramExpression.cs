namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is calculated of the buckets of a histogram; absent where nothing was observed.</summary>
internal abstract class HistogramExpression(HistogramIncrease histogram) : Expression
{
    public override TimeSpan Lookback => histogram.Lookback;

    public override bool IsIntensity => true;

    public override bool NeedsHistory => true;

    public override string Metric => histogram.Metric;

    protected HistogramIncrease Histogram => histogram;

    protected override IEnumerable<Expression> Inputs => [histogram];

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> observations = histogram.Evaluate(context);
        var source = (HistogramIncrease)histogram.Source;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = observations[i] > 0 ? Of(source.Bounds, source.Buckets(i)) : double.NaN;
        }
    }

    protected abstract double Of(IReadOnlyList<double> bounds, ReadOnlySpan<double> buckets);
}
