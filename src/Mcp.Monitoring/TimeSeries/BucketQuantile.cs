namespace Mcp.Monitoring.TimeSeries;

/// <summary>Prometheus' <c>histogram_quantile</c> (promql, BucketQuantile).</summary>
internal static class BucketQuantile
{
    // Differences this small come from the arithmetic and not from observations.
    private const double Tolerance = 1e-12;

    /// <param name="quantile">From 0 to 1.</param>
    /// <param name="bounds">The upper bounds in ascending order, without the infinite one.</param>
    /// <param name="increases">The increase of each bucket on its own, the infinite one last.</param>
    /// <returns>The quantile, the highest bound if it lies above it; NaN without observations.</returns>
    public static double Of(double quantile, IReadOnlyList<double> bounds, ReadOnlySpan<double> increases)
    {
        if (increases.Length != bounds.Count + 1)
        {
            throw new ArgumentException($"{bounds.Count} bounds need {bounds.Count + 1} buckets, not {increases.Length}.", nameof(increases));
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double total = Total(increases);
        int last = bounds.Count - 1;
        if (double.IsNaN(quantile) || last < 0 || !(total > 0))
        {
            return double.NaN;
        }

        double rank = quantile * total;
        double sum = increases[0];
        double upTo = sum;
        double below = 0;
        int bucket = 0;
        while (bucket < last && !(upTo >= rank))
        {
            below = upTo;
            Add(ref sum, ref upTo, increases[++bucket]);
        }

        if (!(upTo >= rank))
        {
            return bounds[last];
        }

        double end = bounds[bucket];
        if (bucket == 0 && end <= 0)
        {
            return end;
        }

        double start = bucket == 0 ? 0 : bounds[bucket - 1];
        return start + ((end - start) * ((rank - below) / (upTo - below)));
    }

    private static double Total(ReadOnlySpan<double> increases)
    {
        double sum = increases[0];
        double upTo = sum;
        for (int i = 1; i < increases.Length; i++)
        {
            Add(ref sum, ref upTo, increases[i]);
        }

        return upTo;
    }

    // The count up to a bound never falls from bound to bound, and does not rise by dust.
    private static void Add(ref double sum, ref double upTo, double increase)
    {
        sum += increase;
        if (sum - upTo > Tolerance * (sum + upTo))
        {
            upTo = sum;
        }
    }
}
