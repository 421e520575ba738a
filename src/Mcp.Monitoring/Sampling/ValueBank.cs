namespace Mcp.Monitoring.Sampling;

/// <summary>Cells of values of 64 bits, laid out as in <see cref="CountBank"/>.</summary>
/// <param name="empty">What a cell is in slots before it was taken.</param>
/// <param name="tiers">The tiers that it has slots in; the others are <see langword="null"/>.</param>
internal sealed class ValueBank<T>(T empty, params SampleTier?[] tiers)
    where T : unmanaged
{
    private const int ChunkBits = 6;
    private const int ChunkCells = 1 << ChunkBits;
    private const int CellMask = ChunkCells - 1;

    private readonly List<Chunk> _chunks = [];
    private int _used = ChunkCells;

    public int Take()
    {
        if (_used == ChunkCells)
        {
            _chunks.Add(new Chunk(empty, tiers));
            _used = 0;
        }

        return ((_chunks.Count - 1) << ChunkBits) + _used++;
    }

    public ref T Newest(int cell) => ref _chunks[cell >> ChunkBits].Newest[cell & CellMask];

    public T At(int tier, int slot, int cell) => _chunks[cell >> ChunkBits].Slots[tier][(slot << ChunkBits) + (cell & CellMask)];

    /// <summary>Sets what a cell was in all slots before now.</summary>
    public void Backfill(int cell, T value)
    {
        foreach (T[] slots in _chunks[cell >> ChunkBits].Slots)
        {
            for (int i = cell & CellMask; i < slots.Length; i += ChunkCells)
            {
                slots[i] = value;
            }
        }
    }

    /// <summary>Forgets the newest values: what is not sampled now is absent.</summary>
    public void Forget()
    {
        foreach (Chunk chunk in _chunks)
        {
            chunk.Newest.AsSpan().Fill(empty);
        }
    }

    /// <summary>Keeps the newest values in a slot.</summary>
    public void Keep(int tier, int slot)
    {
        foreach (Chunk chunk in _chunks)
        {
            if (chunk.Slots[tier] is { Length: > 0 } slots)
            {
                chunk.Newest.CopyTo(slots.AsSpan(slot << ChunkBits, ChunkCells));
            }
        }
    }

    private sealed class Chunk
    {
        public Chunk(T empty, SampleTier?[] tiers)
        {
            Newest = Filled(ChunkCells, empty);
            Slots = [.. tiers.Select(tier => tier is null ? [] : Filled(tier.Slots << ChunkBits, empty))];
        }

        public T[] Newest { get; }

        public T[][] Slots { get; }

        private static T[] Filled(int length, T value)
        {
            var cells = new T[length];
            cells.AsSpan().Fill(value);
            return cells;
        }
    }
}
