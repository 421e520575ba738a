using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Metrics;

/// <summary>
/// A block of counters, once for each group of threads, each block on cache lines of its own. What is updated together lies together: the
/// number of lines that an operation touches is what it costs when it is cold.
/// </summary>
internal readonly struct StripedCells
{
    private const int LineBytes = 64;
    private const int LineCells = LineBytes / sizeof(long);
    private const int MostStripes = 16;

    private readonly long[] _cells;
    private readonly int _first;
    private readonly int _stride;
    private readonly int _mask;

    public StripedCells(int width)
    {
        int stripes = Math.Min(MostStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));
        _mask = stripes - 1;
        _stride = RoundUpToLine(width);
        _cells = GC.AllocateArray<long>((stripes * _stride) + LineCells, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0);
        _first = (int)((LineBytes - (address % LineBytes)) % LineBytes) / sizeof(long);
    }

    public static int RoundUpToLine(int cells) => (cells + LineCells - 1) / LineCells * LineCells;

    /// <summary>Gets the first cell of the current thread's block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long Own() =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), _first + ((ThreadSlot.Current & _mask) * _stride));

    public long Sum(int index)
    {
        long sum = 0;
        for (int stripe = 0; stripe <= _mask; stripe++)
        {
            sum += Volatile.Read(ref _cells[_first + (stripe * _stride) + index]);
        }

        return sum;
    }

    public long Max(int index)
    {
        long max = 0;
        for (int stripe = 0; stripe <= _mask; stripe++)
        {
            max = Math.Max(max, Volatile.Read(ref _cells[_first + (stripe * _stride) + index]));
        }

        return max;
    }
}
