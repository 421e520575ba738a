using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>
/// Operations that ended by asking for input (MCP 2026-07-28, multi round-trip requests), found again by the <c>requestState</c> that comes back with
/// it. Callers may share a state; the first to ask is then taken for the first to answer, which leaves the sum of their waits as it is. Bounded; one that
/// nobody answers runs out.
/// </summary>
internal sealed class PendingInputs(MetricsRegistry registry)
{
    private const int Most = 10_000;
    private const int LongestState = 4096;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Dictionary<(Operation Operation, string State), Queue<long>> _starts = [];
    private readonly MonitoringClock _clock = registry.Clock;
    private readonly Counter _dropped = registry.Dropped.With("waits", "full");
    private int _count;

    public void Begin(Operation operation, string state)
    {
        long now = _clock.Timestamp;
        lock (_starts)
        {
            if (state.Length > LongestState || (_count >= Most && !MakeRoom(now)))
            {
                _dropped.Increment();
                return;
            }

            if (!_starts.TryGetValue((operation, state), out Queue<long>? starts))
            {
                _starts.Add((operation, state), starts = new Queue<long>(1));
            }

            starts.Enqueue(now);
            _count++;
        }

        operation.WaitStarted();
    }

    public void End(Operation operation, string state)
    {
        long start;
        lock (_starts)
        {
            if (!_starts.TryGetValue((operation, state), out Queue<long>? starts))
            {
                return;
            }

            start = starts.Dequeue();
            _count--;
            if (starts.Count == 0)
            {
                _starts.Remove((operation, state));
            }
        }

        operation.Waited(Math.Max(0, _clock.Timestamp - start));
    }

    private bool MakeRoom(long now)
    {
        long oldest = now - _clock.ToTicks(Longest);
        foreach (((Operation, string) key, Queue<long> starts) in _starts)
        {
            while (starts.TryPeek(out long start) && start < oldest)
            {
                starts.Dequeue();
                _count--;
            }

            if (starts.Count == 0)
            {
                _starts.Remove(key);
            }
        }

        return _count < Most;
    }
}
