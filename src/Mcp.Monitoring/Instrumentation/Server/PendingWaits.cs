using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// Waits for the client that have begun: a request sent to it, found again by its id, or an operation that asked for input, found again by the
/// <c>requestState</c> that comes back. Bounded; a wait that is never answered runs out.
/// </summary>
internal sealed class PendingWaits(MetricsRegistry registry)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Key, Wait> _waits = new();
    private readonly MonitoringClock _clock = registry.Clock;
    private readonly Counter _dropped = registry.Dropped.With("waits", "full");

    // Counted apart: ConcurrentDictionary.Count takes all its locks.
    private int _count;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Begins a wait inside an operation that goes on afterwards.</summary>
    public void Begin(Key key, OperationRecord record)
    {
        int version = record.Version;
        if (Add(key, new Wait(record.Operation, record, version, _clock.Timestamp)))
        {
            record.BeginWait(version, _clock.Timestamp);
        }
    }

    /// <summary>Begins a wait after an operation that will be called again.</summary>
    public void Begin(Key key, Operation operation)
    {
        if (Add(key, new Wait(operation, null, 0, _clock.Timestamp)))
        {
            operation.WaitStarted();
        }
    }

    public void End(Key key)
    {
        if (IsEmpty || !_waits.TryRemove(key, out Wait wait))
        {
            return;
        }

        Interlocked.Decrement(ref _count);
        long now = _clock.Timestamp;
        if (wait.Record is { } record)
        {
            record.EndWait(wait.Version, now);
        }
        else
        {
            wait.Operation.Waited(Math.Max(0, now - wait.Start));
        }
    }

    private bool Add(Key key, Wait wait)
    {
        if (Volatile.Read(ref _count) >= Most)
        {
            RemoveDead(wait.Start);
            if (Volatile.Read(ref _count) >= Most)
            {
                _dropped.Increment();
                return false;
            }
        }

        if (!_waits.TryAdd(key, wait))
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    private void RemoveDead(long now)
    {
        long oldest = now - _clock.ToTicks(Longest);
        foreach (KeyValuePair<Key, Wait> wait in _waits)
        {
            bool isDead = wait.Value.Record is { } record ? !record.IsLive(wait.Value.Version) : wait.Value.Start < oldest;
            if (isDead && _waits.TryRemove(wait))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    /// <summary>Ids are counted per session, states are the server's own.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Key(object? Server, string? Session, string Id);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Wait(Operation Operation, OperationRecord? Record, int Version, long Start);
}
