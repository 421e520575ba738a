using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>
/// A block of counters, once for each core, each block on cache lines of its own: by thread, two that run at once could share a block for as long as
/// they live. What is updated together lies together: the number of lines that an operation touches is what it costs when it is cold.
/// </summary>
internal readonly struct StripedCells
{
    private const int LineBytes = 64;
    private const int LineCells = LineBytes / sizeof(long);
    private const int MostStripes = 16;

    private static readonly int Stripes = Math.Min(MostStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    private readonly long[] _cells;
    private readonly int _first;
    private readonly int _stride;

    public StripedCells(int width)
    {
        _stride = RoundUpToLine(width);
        _cells = GC.AllocateArray<long>((Stripes * _stride) + LineCells, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0);
        _first = (int)((LineBytes - (address % LineBytes)) % LineBytes) / sizeof(long);
    }

    public static int RoundUpToLine(int cells) => (cells + LineCells - 1) / LineCells * LineCells;

    /// <summary>Gets the first cell of the current core's block. Other threads may be at it too: the cores of more than 16 share, and a thread can move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref long Own() =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), _first + ((CoreSlot.Current & (Stripes - 1)) * _stride));

    /// <summary>Sets a cell of every block, before anybody records.</summary>
    public void Fill(int index, long value)
    {
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            _cells[_first + (stripe * _stride) + index] = value;
        }
    }

    /// <summary>Moves neighbouring cells up by one, so that the first is 0; what is added meanwhile is not lost.</summary>
    public void MoveUp(int first, int count)
    {
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            Span<long> cells = _cells.AsSpan(_first + (stripe * _stride) + first, count + 1);
            for (int i = count - 1; i >= 0; i--)
            {
                Interlocked.Add(ref cells[i + 1], Interlocked.Exchange(ref cells[i], 0));
            }
        }
    }

    public long Sum(int index)
    {
        long sum = 0;
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            sum += Volatile.Read(ref _cells[_first + (stripe * _stride) + index]);
        }

        return sum;
    }

    /// <summary>Sums neighbouring cells, each over all blocks.</summary>
    public void Sum(int first, Span<long> sums)
    {
        sums.Clear();
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            Span<long> cells = _cells.AsSpan(_first + (stripe * _stride) + first, sums.Length);
            for (int i = 0; i < cells.Length; i++)
            {
                sums[i] += Volatile.Read(ref cells[i]);
            }
        }
    }

    /// <summary>Sums a cell that holds the bits of a double in each block.</summary>
    public double SumOfDoubles(int index)
    {
        double sum = 0;
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            sum += BitConverter.Int64BitsToDouble(Volatile.Read(ref _cells[_first + (stripe * _stride) + index]));
        }

        return sum;
    }

    public long Max(int index)
    {
        long max = 0;
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            max = Math.Max(max, Volatile.Read(ref _cells[_first + (stripe * _stride) + index]));
        }

        return max;
    }
}
