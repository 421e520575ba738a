namespace Mcp.Monitoring.Sampling;

/// <summary>
/// Cells that count. Slots hold the lower 32 bits, one slot of a chunk beside the next, so that an evaluation reads two rows; what a cell grew by is the difference of
/// two slots, which is right as long as it grew by less than 2³². A cell that is new was 0 in all slots before. Growing copies nothing.
/// </summary>
/// <param name="tiers">The tiers that it has slots in; the others are <see langword="null"/>.</param>
internal sealed class CountBank(params SampleTier?[] tiers)
{
    /// <summary>The most cells that lie together.</summary>
    public const int MostCells = 1 << ChunkBits;

    private const int ChunkBits = 7;
    private const int CellMask = MostCells - 1;

    private Chunk[] _chunks = [];
    private int _used = MostCells;

    /// <summary>Takes neighbouring cells.</summary>
    /// <returns>The first of them.</returns>
    public int Take(int cells)
    {
        if (cells > MostCells)
        {
            throw new ArgumentOutOfRangeException(nameof(cells), cells, "A series has fewer cells.");
        }

        if (_used + cells > MostCells)
        {
            _chunks = [.. _chunks, new Chunk(tiers)];
            _used = 0;
        }

        int first = ((_chunks.Length - 1) << ChunkBits) + _used;
        _used += cells;
        return first;
    }

    /// <summary>Gets the newest values of neighbouring cells, whole; written by the sampler.</summary>
    public Span<long> Newest(int first, int cells) => _chunks[first >> ChunkBits].Newest.AsSpan(first & CellMask, cells);

    /// <summary>Sets what neighbouring cells were in all slots before now.</summary>
    public void Backfill(int first, ReadOnlySpan<long> values)
    {
        foreach (uint[] slots in _chunks[first >> ChunkBits].Slots)
        {
            for (int slot = first & CellMask; slot < slots.Length; slot += MostCells)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    slots[slot + i] = (uint)values[i];
                }
            }
        }
    }

    /// <summary>Gets the newest values of neighbouring cells and, at a slot, their lower 32 bits.</summary>
    public void Read(int tier, int slot, int first, int cells, out ReadOnlySpan<long> newest, out ReadOnlySpan<uint> lower)
    {
        Chunk chunk = _chunks[first >> ChunkBits];
        int place = first & CellMask;
        newest = chunk.Newest.AsSpan(place, cells);
        lower = chunk.Slots[tier].AsSpan((slot << ChunkBits) + place, cells);
    }

    /// <summary>Gets the whole value of a cell at a slot.</summary>
    public long ValueAt(int tier, int slot, int cell)
    {
        Chunk chunk = _chunks[cell >> ChunkBits];
        return Whole(chunk.Newest[cell & CellMask], chunk.Slots[tier][(slot << ChunkBits) + (cell & CellMask)]);
    }

    /// <summary>Gets the whole value that had these lower 32 bits, less than 2³² ago.</summary>
    public static long Whole(long newest, uint lower) => newest - ((uint)newest - lower);

    /// <summary>Keeps the newest values in a slot.</summary>
    public void Keep(int tier, int slot)
    {
        foreach (Chunk chunk in _chunks)
        {
            if (chunk.Slots[tier] is { Length: > 0 } slots)
            {
                Span<uint> row = slots.AsSpan(slot << ChunkBits, MostCells);
                long[] newest = chunk.Newest;
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = (uint)newest[i];
                }
            }
        }
    }

    private sealed class Chunk(SampleTier?[] tiers)
    {
        public long[] Newest { get; } = new long[MostCells];

        public uint[][] Slots { get; } = [.. tiers.Select(tier => tier is null ? [] : new uint[tier.Slots << ChunkBits])];
    }
}
