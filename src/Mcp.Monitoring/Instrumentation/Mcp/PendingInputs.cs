using System.Collections.Concurrent;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// Operations that ended by asking for input (MCP 2026-07-28, multi round-trip requests), found again by the <c>requestState</c> that comes back with
/// it. Callers may share a state; the last to ask is then taken for the first to answer, which leaves the sum of their waits as it is. Bounded, at the same cost
/// for any number; one that nobody answers runs out.
/// </summary>
internal sealed class PendingInputs(MetricsRegistry registry)
{
    private const int Most = 10_000;
    private const int LongestState = 4096;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Operation Operation, string State), Asked> _asked = new();
    private readonly MonitoringClock _clock = registry.Clock;
    private readonly Counter _dropped = registry.Dropped.With("waits", "full");
    private int _count;

    public void Begin(Operation operation, string state)
    {
        if (state.Length > LongestState)
        {
            _dropped.Increment();
            return;
        }

        if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Decrement(ref _count);
            _dropped.Increment();
            return;
        }

        _asked.AddOrUpdate((operation, state), static (_, now) => new Asked(now, before: null), static (_, before, now) => new Asked(now, before), _clock.Timestamp);
        operation.WaitStarted();
    }

    public void End(Operation operation, string state)
    {
        while (_asked.TryGetValue((operation, state), out Asked? last))
        {
            if (TryReplace((operation, state), last, last.Before))
            {
                Interlocked.Decrement(ref _count);
                operation.Waited(Math.Max(0, _clock.Timestamp - last.At));
                return;
            }
        }
    }

    /// <summary>Forgets what was not answered for long; looks at all of them.</summary>
    public void ForgetOld()
    {
        long oldest = _clock.Timestamp - _clock.ToTicks(Longest);
        foreach (((Operation, string) key, Asked last) in _asked)
        {
            int gone = last.CountBefore(oldest);
            if (gone > 0 && TryReplace(key, last, last.Since(oldest)))
            {
                Interlocked.Add(ref _count, -gone);
            }
        }
    }

    private bool TryReplace((Operation, string) key, Asked known, Asked? next) =>
        next is null ? _asked.TryRemove(KeyValuePair.Create(key, known)) : _asked.TryUpdate(key, next, known);

    /// <summary>When somebody was asked, and who was asked by the same state before.</summary>
    private sealed class Asked(long at, Asked? before)
    {
        public long At => at;

        public Asked? Before => before;

        public int CountBefore(long oldest)
        {
            int count = 0;
            for (Asked? asked = this; asked is not null; asked = asked.Before)
            {
                count += asked.At < oldest ? 1 : 0;
            }

            return count;
        }

        public Asked? Since(long oldest)
        {
            var kept = new Stack<long>();
            for (Asked? asked = this; asked is not null; asked = asked.Before)
            {
                if (asked.At >= oldest)
                {
                    kept.Push(asked.At);
                }
            }

            Asked? last = null;
            while (kept.TryPop(out long at))
            {
                last = new Asked(at, last);
            }

            return last;
        }
    }
}
