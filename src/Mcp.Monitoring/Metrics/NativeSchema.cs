namespace Mcp.Monitoring.Metrics;

/// <summary>
/// The exponential buckets of the native histograms, Prometheus's schema 3: eight to each doubling, so that a bucket ends 9 % above where it begins. They
/// reach from 61 µs to 512 s; what is shorter is in the zero bucket, what is longer in the last one.
/// </summary>
internal static class NativeSchema
{
    public const int Schema = 3;

    /// <summary>The bound of the zero bucket in seconds.</summary>
    public const double ZeroThreshold = 1.0 / (1 << -LowestExponent);

    /// <summary>The upper bound of the last bucket in seconds.</summary>
    public const double Highest = 1 << HighestExponent;

    /// <summary>The zero bucket and then the others, in their order.</summary>
    public const int Cells = 1 + ((HighestExponent - LowestExponent) * PerDoubling);

    /// <summary>The format's index of the first bucket after the zero bucket: that of index i ends at 2^(i/8).</summary>
    public const int FirstIndex = (LowestExponent * PerDoubling) + 1;

    private const int LowestExponent = -14;
    private const int HighestExponent = 9;
    private const int PerDoubling = 1 << Schema;
    private const int FractionBits = 52;
    private const int ExponentBias = 1023;

    // The fractions of 2^(1/8) to 2^(7/8), to the last bit as Prometheus has them. Of each eighth of a doubling, as the first three bits of a fraction say, one bound is within it.
    private static ReadOnlySpan<long> Bounds =>
    [
        0x172B83C7D517B, 0x306FE0A31B715, 0x4BFDAD5362A27, 0x6A09E667F3BCC, 0x8ACE5422AA0DB, 0xAE89F995AD3AC, 0xD5818DCFBA486, long.MaxValue,
    ];

    /// <summary>Gets the cell of a duration in seconds; a bucket holds its upper bound, and so the bits of the next smaller number tell.</summary>
    public static int CellOf(double seconds)
    {
        if (!(seconds > ZeroThreshold))
        {
            return 0;
        }

        long bits = BitConverter.DoubleToInt64Bits(seconds) - 1;
        long fraction = bits & ((1L << FractionBits) - 1);
        int part = (int)(fraction >> (FractionBits - Schema));
        part += fraction >= Bounds[part] ? 1 : 0;
        int cell = (((int)(bits >> FractionBits) - ExponentBias - LowestExponent) * PerDoubling) + part + 1;
        return Math.Min(cell, Cells - 1);
    }
}
