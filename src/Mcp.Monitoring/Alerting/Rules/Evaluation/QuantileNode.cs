using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="Quantile"/>
internal sealed class QuantileNode(double quantile, BucketsNode buckets, LabelSetIndex labelSets) : Node(labelSets)
{
    public override string? Metric => buckets.Metric;

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> observations = buckets.Read(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = observations[i] > 0 ? BucketQuantile.Of(quantile, buckets.Bounds, buckets.Of(i)) : double.NaN;
        }
    }
}
