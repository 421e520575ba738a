using System.Runtime.CompilerServices;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

public class StripedCellsTests
{
    private const int Threads = 64;
    private const int Each = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void Sums_are_exact_whatever_the_number_of_threads(int width)
    {
        var cells = new StripedCells(width);

        Crowd.Run(Threads, _ =>
        {
            for (int i = 0; i < Each; i++)
            {
                Interlocked.Add(ref Unsafe.Add(ref cells.Own(), i % width), (i % width) + 1);
            }
        });

        for (int cell = 0; cell < width; cell++)
        {
            long rounds = Enumerable.Range(0, Each).LongCount(i => i % width == cell);
            Assert.Equal(Threads * rounds * (cell + 1), cells.Sum(cell));
        }
    }

    [Fact]
    public void Highest_is_that_of_any_thread()
    {
        var cells = new StripedCells(1);

        Crowd.Run(Threads, thread =>
        {
            ref long own = ref cells.Own();
            long seen;
            do
            {
                seen = Volatile.Read(ref own);
            }
            while (seen < thread && Interlocked.CompareExchange(ref own, thread, seen) != seen);
        });

        Assert.Equal(Threads - 1, cells.Max(0));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    public void Widths_round_up_to_whole_cache_lines(int cells, int rounded)
    {
        Assert.Equal(rounded, StripedCells.RoundUpToLine(cells));
    }

    [Fact]
    public void Own_block_begins_on_a_cache_line()
    {
        // The blocks are pinned: what holds for the address now holds for good.
        var cells = new StripedCells(3);

        Assert.Equal(0, AddressOf(ref cells.Own()) % 64);
    }

    private static long AddressOf(ref long cell) =>
        (long)Unsafe.ByteOffset(ref Unsafe.NullRef<long>(), ref cell);
}
