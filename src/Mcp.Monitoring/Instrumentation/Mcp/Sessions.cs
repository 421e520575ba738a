using System.Collections.Concurrent;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// The sessions that had a message lately and have not ended since. A message costs the same at any number of them; what has run out is looked for by who reads
/// the gauge.
/// </summary>
internal sealed class Sessions(MetricsRegistry registry) : IMcpSessions
{
    private const int Most = 10_000;

    // Those past the limit are remembered as well, up to as many again: each is dropped once, and not once for each of its messages.
    private const int MostKnown = 2 * Most;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly MonitoringClock _clock = registry.Clock;
    private readonly Counter _dropped = registry.Dropped.With("sessions", "full");
    private int _count;

    /// <summary>Notes a message of a session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="isFirst">Whether a session begins by it.</param>
    /// <param name="ends">Cancelled when the message is of no use any more, as it is when the session has ended.</param>
    /// <param name="carrier">The request that it came with, where that is known.</param>
    public void Touch(string id, bool isFirst, CancellationToken ends, HttpRequestTracker? carrier = null)
    {
        long now = _clock.Timestamp;
        if (_sessions.TryGetValue(id, out Session? known))
        {
            Volatile.Write(ref known.LastMessage, now);
            return;
        }

        int count = Interlocked.Increment(ref _count);
        bool isKept = count <= MostKnown && _sessions.TryAdd(id, new Session { LastMessage = now, Place = carrier?.Place });
        if (!isKept)
        {
            Interlocked.Decrement(ref _count);
        }
        else if (ends.IsCancellationRequested)
        {
            Forget(id);
        }

        if (count > Most && (isKept || (isFirst && count > MostKnown)))
        {
            _dropped.Increment();
        }
    }

    /// <summary>Forgets a session when a token is cancelled that is its own, and not that of one message.</summary>
    public void ForgetWhen(string id, CancellationToken ended)
    {
        if (_sessions.TryGetValue(id, out Session? session) && Interlocked.Exchange(ref session.IsWatched, 1) == 0)
        {
            ended.UnsafeRegister(static state =>
            {
                (Sessions sessions, string id) = ((Sessions, string))state!;
                sessions.Forget(id);
            }, (this, id));
        }
    }

    /// <summary>Forgets a session that has ended.</summary>
    public void Forget(string id)
    {
        if (_sessions.TryRemove(id, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public void ForgetDeleted(string id, string route)
    {
        if (_sessions.TryGetValue(id, out Session? session) && (session.Place is null || session.Place == route))
        {
            Forget(id);
        }
    }

    /// <summary>Counts them, without those that had no message for long; these are forgotten.</summary>
    public int Count()
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

        return Math.Min(active, Most);
    }

    private sealed class Session
    {
        public long LastMessage;
        public int IsWatched;

        /// <summary>Gets where its messages come in; <see langword="null"/> where that is not known.</summary>
        public string? Place { get; init; }
    }
}
