using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mcp.Monitoring.Sampling;

/// <summary>Prometheus' <c>histogram_quantile</c> (promql, BucketQuantile).</summary>
internal static class BucketQuantile
{
    // Differences this small come from the arithmetic and not from observations.
    private const double Tolerance = 1e-12;

    // The 19th of 20 observations is in the bucket of the 19th, in whatever order they were added up.
    private const double Rounding = 1e-14;

    /// <param name="quantile">From 0 to 1.</param>
    /// <param name="bounds">The upper bounds in ascending order, without the infinite one.</param>
    /// <param name="increases">The increase of each bucket on its own, the infinite one last.</param>
    /// <returns>The quantile, the highest bound if it lies above it; NaN without observations.</returns>
    public static double Of(double quantile, IReadOnlyList<double> bounds, ReadOnlySpan<double> increases) =>
        Of(quantile, bounds is double[] array ? array : [.. bounds], increases);

    private static double Of(double quantile, double[] bounds, ReadOnlySpan<double> increases)
    {
        if (increases.Length != bounds.Length + 1)
        {
            throw new ArgumentException($"{bounds.Length} bounds need {bounds.Length + 1} buckets, not {increases.Length}.", nameof(increases));
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double total = Total(increases, out bool isRising);
        int last = bounds.Length - 1;
        if (double.IsNaN(quantile) || last < 0 || !(total > 0))
        {
            return double.NaN;
        }

        double rank = quantile * total * (1 - Rounding);
        double sum = increases[0];
        double upTo = sum;
        double below = 0;
        int bucket = 0;
        while (bucket < last && !(upTo >= rank))
        {
            below = upTo;
            sum += increases[++bucket];
            upTo = isRising || IsRise(sum, upTo) ? sum : upTo;
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

    private static double Total(ReadOnlySpan<double> increases, out bool isRising)
    {
        double sum = Sum(increases);
        isRising = IsRising(increases, 2 * Tolerance * sum);
        return isRising ? sum : TotalOfRises(increases);
    }

    private static double Sum(ReadOnlySpan<double> increases)
    {
        int i = 0;
        double sum = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> sums = default;
            ref double read = ref MemoryMarshal.GetReference(increases);
            for (; i <= increases.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                sums += Vector256.LoadUnsafe(ref read, (nuint)i);
            }

            sum = Vector256.Sum(sums);
        }

        for (; i < increases.Length; i++)
        {
            sum += increases[i];
        }

        return sum;
    }

    // Without branches: which buckets are empty cannot be foretold.
    private static bool IsRising(ReadOnlySpan<double> increases, double dust)
    {
        int i = 0;
        bool isOdd = false;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> odd = default;
            ref double read = ref MemoryMarshal.GetReference(increases);
            for (; i <= increases.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var some = Vector256.LoadUnsafe(ref read, (nuint)i);
                odd |= ~(Vector256.Equals(some, Vector256<double>.Zero) | Vector256.GreaterThan(some, Vector256.Create(dust)));
            }

            isOdd = odd.ExtractMostSignificantBits() != 0;
        }

        for (; i < increases.Length; i++)
        {
            isOdd |= (increases[i] != 0) & !(increases[i] > dust);
        }

        return !isOdd;
    }

    private static double TotalOfRises(ReadOnlySpan<double> increases)
    {
        double sum = increases[0];
        double upTo = sum;
        for (int i = 1; i < increases.Length; i++)
        {
            sum += increases[i];
            upTo = IsRise(sum, upTo) ? sum : upTo;
        }

        return upTo;
    }

    // The count up to a bound never falls from bound to bound, and does not rise by dust.
    private static bool IsRise(double sum, double upTo) => sum - upTo > Tolerance * (sum + upTo);
}
