using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The share of a histogram's observations up to an edge of its buckets.</summary>
internal sealed class FractionBelow(double edge, HistogramIncrease histogram) : HistogramExpression(histogram)
{
    public override ValueUnit Unit => ValueUnit.Share;

    protected override object Identity => (edge, Histogram);

    public override string ToPromQL(PromQLFormat format) => Histogram.FractionToPromQL(format, edge);

    protected override double Of(IReadOnlyList<double> bounds, ReadOnlySpan<double> buckets) => BucketFraction.Below(edge, bounds, buckets);
}
