using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>A median with its 95 % interval, which assumes nothing about the distribution.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Interval(double Median, double Low, double High)
{
    private const double HalfWidth = 1.96 / 2; // in square roots of the number of values

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The median of the values, between the two order statistics that hold the true one in 95 of 100 cases.</summary>
    public static Interval Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()];
        var n = sorted.Length;
        if (n < Comparison.FewestRounds)
        {
            return new Interval(double.NaN, double.NaN, double.NaN);
        }

        var low = (int)Math.Floor((n / 2.0) - (HalfWidth * Math.Sqrt(n)));
        var high = (int)Math.Ceiling((n / 2.0) + (HalfWidth * Math.Sqrt(n)));
        return new Interval(
            (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
            sorted[Math.Max(low - 1, 0)],
            sorted[Math.Min(high, n - 1)]);
    }
}
