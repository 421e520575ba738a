using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Metrics.Bridge;

/// <summary>A double kept as bits in a cell that several threads add to.</summary>
internal static class AtomicDouble
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref long bits, double value)
    {
        long known = Volatile.Read(ref bits);
        while (true)
        {
            long wanted = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(known) + value);
            long found = Interlocked.CompareExchange(ref bits, wanted, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }
}
