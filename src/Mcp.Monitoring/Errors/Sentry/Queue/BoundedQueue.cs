using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>A queue with room for so many. Filled on any thread without a lock, emptied by one.</summary>
internal sealed class BoundedQueue<T>(int capacity)
{
    private readonly ConcurrentQueue<T> _items = new();
    private int _count;
    private long _added;
    private long _finished;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Gets how many were ever added.</summary>
    public long Added => Volatile.Read(ref _added);

    /// <summary>Gets how many of those are done with, in the order in which they came.</summary>
    public long Finished => Volatile.Read(ref _finished);

    /// <param name="item">What is added.</param>
    /// <param name="waiting">How many wait now; of those who add to an empty queue, one alone is told 1.</param>
    public bool TryAdd(T item, out int waiting)
    {
        waiting = Interlocked.Increment(ref _count);
        if (waiting > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _items.Enqueue(item);
        Interlocked.Increment(ref _added);
        return true;
    }

    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        if (!_items.TryDequeue(out item))
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Says that what was taken is done with, in one way or another.</summary>
    public void Finish(int count) => Interlocked.Add(ref _finished, count);
}
