using System.Diagnostics.Metrics;
using System.Globalization;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The upper bounds of a histogram: those that its instrument advises, else those of OpenTelemetry.</summary>
internal sealed class BucketBounds
{
    // OpenTelemetry, "Metrics SDK", explicit bucket histogram aggregation.
    private static readonly double[] Standard = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private const int LongestScan = 32;
    private readonly double[] _bounds;

    private BucketBounds(double[] bounds, double[] written, bool areBelow0 = false)
    {
        _bounds = bounds;
        Written = written;
        AreBelow0 = areBelow0;
        IsLowestUnsaid = areBelow0 && written is not [< 0, ..];
        Counts = new long[bounds.Length + 1];
    }

    /// <summary>Gets the bounds as the label <c>le</c> has them.</summary>
    public IReadOnlyList<double> Written { get; }

    /// <summary>Gets the number of buckets, the infinite one included.</summary>
    public int Count => _bounds.Length + 1;

    /// <summary>Gets whether values below 0 are expected.</summary>
    public bool AreBelow0 { get; }

    /// <summary>Gets whether that was said by a bound of minus infinity alone, which is no line of a page.</summary>
    public bool IsLowestUnsaid { get; }

    /// <summary>Gets where the buckets of one series after the other are read; under the lock of the bridge that reads.</summary>
    public long[] Counts { get; }

    public static BucketBounds Of(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => Advised(histogram.Advice),
        Histogram<float> histogram => Advised(histogram.Advice),
        Histogram<long> histogram => Advised(histogram.Advice),
        Histogram<int> histogram => Advised(histogram.Advice),
        Histogram<short> histogram => Advised(histogram.Advice),
        Histogram<byte> histogram => Advised(histogram.Advice),
        Histogram<decimal> histogram => Advised(histogram.Advice),
        _ => new BucketBounds(Standard, Standard),
    };

    /// <summary>Gets the first bucket whose upper bound is not below a value; what cannot be compared is in the last.</summary>
    public int IndexOf(double value)
    {
        double[] bounds = _bounds;
        int low = 0;
        int high = bounds.Length;
        while (high - low > LongestScan)
        {
            int middle = low + ((high - low) / 2);
            if (value <= bounds[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        while (low < high && !(value <= bounds[low]))
        {
            low++;
        }

        return low;
    }

    // The last bucket is infinite anyway, and a bound that is there twice would be a line that is there twice.
    private static BucketBounds Advised<T>(InstrumentAdvice<T>? advice)
        where T : struct, IConvertible, IFormattable
    {
        if (advice?.HistogramBucketBoundaries is not { } advised)
        {
            return new BucketBounds(Standard, Standard);
        }

        (double Bound, double Written)[] bounds =
        [
            .. advised.Select(bound => (Bound: Convert.ToDouble(bound, CultureInfo.InvariantCulture), Written: AsWritten(bound)))
                .Where(bound => double.IsFinite(bound.Written)).DistinctBy(bound => bound.Written).OrderBy(bound => bound.Written),
        ];
        return new BucketBounds(
            [.. bounds.Select(bound => bound.Bound)],
            [.. bounds.Select(bound => bound.Written)],
            advised.Any(bound => AsWritten(bound) < 0));
    }

    // 0.1f is written 0.1, and not as the double that is nearest to the float.
    private static double AsWritten<T>(T bound)
        where T : struct, IFormattable =>
        double.Parse(bound.ToString(format: null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
