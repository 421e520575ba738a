using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A quantile of a histogram, in its unit.</summary>
internal sealed class Quantile(double quantile, HistogramIncrease histogram) : HistogramExpression(histogram)
{
    public override ValueUnit Unit => ValueUnit.Seconds;

    protected override object Identity => (quantile, Histogram);

    public override string ToPromQL(PromQLFormat format) => $"histogram_quantile({PromQL.Text(quantile)}, {Histogram.ToPromQL(format)})";

    protected override double Of(IReadOnlyList<double> bounds, ReadOnlySpan<double> buckets) => BucketQuantile.Of(quantile, bounds, buckets);
}
