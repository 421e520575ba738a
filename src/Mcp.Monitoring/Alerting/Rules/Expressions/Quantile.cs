using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A quantile of a histogram, in its unit.</summary>
internal sealed class Quantile(double quantile, HistogramIncrease histogram) : HistogramExpression(histogram)
{
    protected override object Identity => (quantile, Histogram);

    public override string ToPromQL(IReadOnlyList<string> by) => $"histogram_quantile({PromQL.Text(quantile)}, {Histogram.ToPromQL(by)})";

    protected override double Of(IReadOnlyList<double> bounds, ReadOnlySpan<double> buckets) => BucketQuantile.Of(quantile, bounds, buckets);
}
