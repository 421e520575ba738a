using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mcp.Monitoring.Sampling;

/// <summary>What buckets grew by, several at once.</summary>
internal static class BucketDeltas
{
    private const ulong Lower = uint.MaxValue;

    // A count below 2⁵² is the fraction of a double of this exponent.
    private const ulong ExponentOf52 = 0x4330_0000_0000_0000;
    private const double TwoTo52 = 1L << 52;

    /// <summary>Adds up what all buckets grew by, and what they are.</summary>
    public static void Sum(ReadOnlySpan<long> last, ReadOnlySpan<uint> first, out long grown, out long all)
    {
        first = first[..last.Length];
        int i = 0;
        grown = 0;
        all = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<ulong> sum = default;
            Vector256<ulong> total = default;
            for (; i <= last.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
            {
                Load(last, first, i, out Vector256<ulong> low, out Vector256<ulong> high, out Vector256<ulong> lowGrown, out Vector256<ulong> highGrown);
                sum += lowGrown + highGrown;
                total += low + high;
            }

            grown = (long)Vector256.Sum(sum);
            all = (long)Vector256.Sum(total);
        }

        for (; i < last.Length; i++)
        {
            grown += (uint)last[i] - first[i];
            all += last[i];
        }
    }

    /// <summary>Writes what each bucket grew by, times a factor.</summary>
    /// <returns>Whether some bucket was so small at its first sample that it cannot have grown at the same rate since the start of the window.</returns>
    public static bool IsAnyLimited(ReadOnlySpan<long> last, ReadOnlySpan<uint> first, Span<double> increases, double factor, double sampled, double toStart)
    {
        last = last[..increases.Length];
        first = first[..increases.Length];
        int i = 0;
        bool isLimited = false;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> limited = default;
            ref double written = ref MemoryMarshal.GetReference(increases);
            for (; i <= increases.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
            {
                Load(last, first, i, out Vector256<ulong> low, out Vector256<ulong> high, out Vector256<ulong> lowGrown, out Vector256<ulong> highGrown);
                Vector256<double> lowSeen = ToDouble(lowGrown);
                Vector256<double> highSeen = ToDouble(highGrown);
                limited |= Vector256.LessThan(ToDouble(low - lowGrown) * sampled, lowSeen * toStart);
                limited |= Vector256.LessThan(ToDouble(high - highGrown) * sampled, highSeen * toStart);
                (lowSeen * factor).StoreUnsafe(ref written, (nuint)i);
                (highSeen * factor).StoreUnsafe(ref written, (nuint)(i + Vector256<double>.Count));
            }

            isLimited = limited.ExtractMostSignificantBits() != 0;
        }

        for (; i < increases.Length; i++)
        {
            uint grown = (uint)last[i] - first[i];
            isLimited |= (last[i] - grown) * sampled < grown * toStart;
            increases[i] = grown * factor;
        }

        return isLimited;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(
        ReadOnlySpan<long> last,
        ReadOnlySpan<uint> first,
        int index,
        out Vector256<ulong> low,
        out Vector256<ulong> high,
        out Vector256<ulong> lowGrown,
        out Vector256<ulong> highGrown)
    {
        ref long newest = ref MemoryMarshal.GetReference(last);
        low = Vector256.LoadUnsafe(ref newest, (nuint)index).AsUInt64();
        high = Vector256.LoadUnsafe(ref newest, (nuint)(index + Vector256<long>.Count)).AsUInt64();
        (Vector256<ulong> firstLow, Vector256<ulong> firstHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(first), (nuint)index));
        var lower = Vector256.Create(Lower);
        lowGrown = (low - firstLow) & lower;
        highGrown = (high - firstHigh) & lower;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ToDouble(Vector256<ulong> counts) =>
        (counts | Vector256.Create(ExponentOf52)).AsDouble() - Vector256.Create(TwoTo52);
}
