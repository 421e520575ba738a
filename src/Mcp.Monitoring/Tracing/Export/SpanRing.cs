using System.Diagnostics;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>A bounded queue of spans without a lock: many threads add, one takes. An addition to a full one fails at once.</summary>
internal sealed class SpanRing
{
    private readonly Slot[] _slots;
    private long _tail;
    private long _head;

    /// <param name="capacity">At least 2.</param>
    public SpanRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _slots = new Slot[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _slots[i].Turn = i;
        }
    }

    public int Count => (int)Math.Max(0, Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    public bool TryAdd(Activity span)
    {
        while (true)
        {
            long tail = Volatile.Read(ref _tail);
            ref Slot slot = ref _slots[tail % _slots.Length];
            long turn = Volatile.Read(ref slot.Turn);
            if (turn < tail)
            {
                return false;
            }

            if (turn == tail && Interlocked.CompareExchange(ref _tail, tail + 1, tail) == tail)
            {
                slot.Span = span;
                Volatile.Write(ref slot.Turn, tail + 1);
                return true;
            }
        }
    }

    /// <summary>Takes as many as are there and have room, in the order in which they came.</summary>
    public int Take(Span<Activity?> into)
    {
        int taken = 0;
        for (; taken < into.Length; taken++)
        {
            long head = _head;
            ref Slot slot = ref _slots[head % _slots.Length];
            if (Volatile.Read(ref slot.Turn) != head + 1)
            {
                break;
            }

            into[taken] = slot.Span;
            slot.Span = null;
            Volatile.Write(ref slot.Turn, head + _slots.Length);
            Volatile.Write(ref _head, head + 1);
        }

        return taken;
    }

    private struct Slot
    {
        /// <summary>The position whose addition it waits for; one more once that is there.</summary>
        public long Turn;

        public Activity? Span;
    }
}
