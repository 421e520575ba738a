namespace Mcp.Monitoring.Sampling;

/// <summary>The share of observations up to a limit (Prometheus' <c>histogram_fraction</c> from -Inf): exact at a bound, linear inside a bucket.</summary>
internal static class BucketFraction
{
    /// <param name="limit">The limit, which is within.</param>
    /// <param name="bounds">The upper bounds in ascending order, without the infinite one.</param>
    /// <param name="increases">The increase of each bucket on its own, the infinite one last.</param>
    /// <returns>The share from 0 to 1; above the highest bound the share below that. NaN without observations.</returns>
    public static double Below(double limit, IReadOnlyList<double> bounds, ReadOnlySpan<double> increases)
    {
        if (increases.Length != bounds.Count + 1)
        {
            throw new ArgumentException($"{bounds.Count} bounds need {bounds.Count + 1} buckets, not {increases.Length}.", nameof(increases));
        }

        double total = 0;
        foreach (double increase in increases)
        {
            total += Math.Max(0, increase);
        }

        if (!(total > 0) || double.IsNaN(limit))
        {
            return double.NaN;
        }

        if (double.IsPositiveInfinity(limit))
        {
            return 1;
        }

        double within = 0;
        for (int i = 0; i < bounds.Count; i++)
        {
            double increase = Math.Max(0, increases[i]);
            if (bounds[i] <= limit)
            {
                within += increase;
                continue;
            }

            double start = i == 0 ? Math.Min(0, bounds[0]) : bounds[i - 1];
            if (limit > start)
            {
                within += increase * ((limit - start) / (bounds[i] - start));
            }

            break;
        }

        return Math.Min(1, within / total);
    }
}
