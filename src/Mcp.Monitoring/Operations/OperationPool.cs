using System.Collections.Concurrent;

namespace Mcp.Monitoring.Operations;

/// <summary>The records of one monitor, those in progress among them; grows to the highest number that were in progress at once.</summary>
internal sealed class OperationPool(OperationMonitor monitor)
{
    private readonly ConcurrentQueue<OperationRecord> _free = new();
    private readonly Lock _growing = new();
    private OperationRecord[] _all = [];
    private int _count;

    // Spares the queue where calls come one by one.
    private OperationRecord? _next;

    public OperationRecord Rent()
    {
        if (Interlocked.Exchange(ref _next, null) is { } next)
        {
            return next;
        }

        return _free.TryDequeue(out OperationRecord? record) ? record : Add();
    }

    public void Return(OperationRecord record)
    {
        record.Clear();
        if (_next is not null || Interlocked.CompareExchange(ref _next, record, null) is not null)
        {
            _free.Enqueue(record);
        }
    }

    /// <summary>Gets for each type how long its oldest operation has been working, in ticks.</summary>
    public void OldestByType(long now, Span<long> ticks)
    {
        ticks.Clear();
        OperationRecord[] all = Volatile.Read(ref _all);
        int count = Math.Min(Volatile.Read(ref _count), all.Length);
        foreach (OperationRecord record in all.AsSpan(0, count))
        {
            int version = record.Version;
            if ((version & 1) == 0 || record.Operation is not { } operation)
            {
                continue;
            }

            long age = record.ActiveTicksAt(now);
            if (record.IsLive(version))
            {
                ref long oldest = ref ticks[(int)operation.Type];
                oldest = Math.Max(oldest, age);
            }
        }
    }

    /// <summary>Counts the operations that wait for a person or the client.</summary>
    public int CountWaiting()
    {
        OperationRecord[] all = Volatile.Read(ref _all);
        int waiting = 0;
        foreach (OperationRecord record in all.AsSpan(0, Math.Min(Volatile.Read(ref _count), all.Length)))
        {
            waiting += (record.Version & 1) != 0 && record.IsWaiting ? 1 : 0;
        }

        return waiting;
    }

    private OperationRecord Add()
    {
        var record = new OperationRecord(monitor);
        lock (_growing)
        {
            if (_count == _all.Length)
            {
                Array.Resize(ref _all, Math.Max(16, _all.Length * 2));
            }

            _all[_count] = record;
            Volatile.Write(ref _count, _count + 1);
        }

        return record;
    }
}
