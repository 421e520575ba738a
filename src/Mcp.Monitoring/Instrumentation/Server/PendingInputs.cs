using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// Operations that ended by asking for input (MCP 2026-07-28, multi round-trip requests), found again by the <c>requestState</c> that comes back with
/// it. Bounded; one that nobody answers runs out.
/// </summary>
internal sealed class PendingInputs(MetricsRegistry registry)
{
    private const int Most = 10_000;
    private const int LongestState = 4096;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Wait> _waits = new(StringComparer.Ordinal);
    private readonly MonitoringClock _clock = registry.Clock;
    private readonly Counter _dropped = registry.Dropped.With("waits", "full");

    // Counted apart: ConcurrentDictionary.Count takes all its locks.
    private int _count;

    public void Begin(string state, Operation operation)
    {
        long now = _clock.Timestamp;
        if (state.Length > LongestState || (Volatile.Read(ref _count) >= Most && !MakeRoom(now)))
        {
            _dropped.Increment();
        }
        else if (_waits.TryAdd(state, new Wait(operation, now)))
        {
            Interlocked.Increment(ref _count);
            operation.WaitStarted();
        }
    }

    public void End(string state)
    {
        if (Volatile.Read(ref _count) > 0 && _waits.TryRemove(state, out Wait wait))
        {
            Interlocked.Decrement(ref _count);
            wait.Operation.Waited(Math.Max(0, _clock.Timestamp - wait.Start));
        }
    }

    private bool MakeRoom(long now)
    {
        long oldest = now - _clock.ToTicks(Longest);
        foreach (KeyValuePair<string, Wait> wait in _waits)
        {
            if (wait.Value.Start < oldest && _waits.TryRemove(wait))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        return Volatile.Read(ref _count) < Most;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Wait(Operation Operation, long Start);
}
