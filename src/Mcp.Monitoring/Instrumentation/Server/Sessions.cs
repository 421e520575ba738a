using System.Collections.Concurrent;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Server;

/// <summary>The sessions that had a message lately. The protocol has no reliable end of one, so they run out.</summary>
internal sealed class Sessions
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly MonitoringClock _clock;
    private readonly Counter _dropped;
    private int _count;

    public Sessions(MetricsRegistry registry)
    {
        _clock = registry.Clock;
        _dropped = registry.Dropped.With("sessions", "full");
        registry.Gauge(MetricNames.Sessions).With().Source = CountActive;
    }

    public void Touch(string id)
    {
        long now = _clock.Timestamp;
        if (_sessions.TryGetValue(id, out Session? known))
        {
            Volatile.Write(ref known.LastMessage, now);
        }
        else if (Volatile.Read(ref _count) >= Most && CountActive() >= Most)
        {
            _dropped.Increment();
        }
        else if (_sessions.TryAdd(id, new Session { LastMessage = now }))
        {
            Interlocked.Increment(ref _count);
        }
    }

    private double CountActive()
    {
        long oldest = _clock.Timestamp - _clock.ToTicks(Lifetime);
        int active = 0;
        foreach (KeyValuePair<string, Session> session in _sessions)
        {
            if (Volatile.Read(ref session.Value.LastMessage) >= oldest)
            {
                active++;
            }
            else if (_sessions.TryRemove(session))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        return active;
    }

    private sealed class Session
    {
        public long LastMessage;
    }
}
