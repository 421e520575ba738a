using System.Numerics;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>
/// How many durations each exponential bucket of one series has, once for each core but four times at most: at 1.5 KB each they are large. Whoever records
/// counts in the classic buckets first, and whoever reads reads these first, so that those have at least as many.
/// </summary>
internal sealed class NativeBuckets(long frequency)
{
    private const int MostStripes = 4;

    private static readonly int Stripes = Math.Min(MostStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));
    private static readonly int Stride = StripedCells.RoundUpToLine(NativeSchema.Cells);

    private readonly long[] _cells = new long[Stripes * Stride];
    private readonly double _frequency = frequency;

    public void Observe(long ticks)
    {
        int cell = NativeSchema.CellOf(ticks / _frequency);
        Interlocked.Increment(ref _cells[((CoreSlot.Current & (Stripes - 1)) * Stride) + cell]);
    }

    /// <summary>Reads all cells, in the order of <see cref="NativeSchema.Cells"/>.</summary>
    /// <returns>What was read, or nothing if there is no room for it: the format does not want it.</returns>
    public Span<long> Read(Span<long> room)
    {
        room.Clear();
        for (int stripe = 0; stripe < Stripes && room.Length > 0; stripe++)
        {
            ReadOnlySpan<long> cells = _cells.AsSpan(stripe * Stride, room.Length);
            for (int i = 0; i < cells.Length; i++)
            {
                room[i] += Volatile.Read(in cells[i]);
            }
        }

        return room;
    }
}
