using System.Collections.Concurrent;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>Tells the first errors of a minute from the rest of a storm, on the request's thread: by operation, error type and type of exception.</summary>
internal sealed class ErrorRateLimiter(MonitoringClock clock, int mostPerMinute)
{
    /// <summary>How many fingerprints may hide behind one operation and type, each with a budget of its own.</summary>
    public const int FingerprintsPerKind = 5;

    private const int MostKinds = 1_000;

    private readonly ConcurrentDictionary<Kind, ErrorGrouping> _kinds = new();
    private readonly ErrorGrouping _others = new();
    private readonly long _minute = clock.ToTicks(TimeSpan.FromMinutes(1));

    /// <summary>Takes an error.</summary>
    /// <returns>What counts those alike, or <see langword="null"/> where this one is only counted.</returns>
    public ErrorGrouping? TryAcquire(string operation, string errorType, Type? exception)
    {
        var kind = new Kind(operation, errorType, exception);
        if (!_kinds.TryGetValue(kind, out ErrorGrouping? alike))
        {
            alike = _kinds.Count < MostKinds ? _kinds.GetOrAdd(kind, static _ => new ErrorGrouping()) : _others;
        }

        return alike.TryAcquire(clock.Timestamp, _minute, mostPerMinute) ? alike : null;
    }

    /// <summary>Hands out what was only counted, in minutes that are over.</summary>
    public void Sweep(bool isLast, Action<EventWindow, long> take)
    {
        long now = clock.Timestamp;
        foreach ((Kind kind, ErrorGrouping alike) in _kinds)
        {
            if (HandOut(alike, take, now, isLast))
            {
                _kinds.TryRemove(new(kind, alike));
            }
        }

        HandOut(_others, take, now, isLast);
    }

    private static bool HandOut(ErrorGrouping alike, Action<EventWindow, long> take, long now, bool isLast)
    {
        long more = alike.TakeMore(now, isLast, out bool isDone);
        if (more > 0)
        {
            take(alike.Last!, more);
        }

        return isDone;
    }

    private readonly record struct Kind(string Operation, string ErrorType, Type? Exception);
}
