using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>A double kept as bits in a cell that several threads add to.</summary>
internal static class AtomicDouble
{
    /// <summary>Adds, unless the sum would be no number any more, which no later value could mend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAdd(ref long bits, double value)
    {
        long known = Volatile.Read(ref bits);
        while (true)
        {
            double sum = BitConverter.Int64BitsToDouble(known) + value;
            if (!double.IsFinite(sum))
            {
                return false;
            }

            long found = Interlocked.CompareExchange(ref bits, BitConverter.DoubleToInt64Bits(sum), known);
            if (found == known)
            {
                return true;
            }

            known = found;
        }
    }
}
