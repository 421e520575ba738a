using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>How many events of one fingerprint are sent within a minute. Asked by the thread that sends, swept by a timer.</summary>
internal sealed class EventBudget(MonitoringClock clock, int eventsPerMinute)
{
    private const int MostFingerprints = 1_000;
    private const string Others = "";

    private readonly Dictionary<string, EventWindow> _windows = new(StringComparer.Ordinal);
    private readonly long _minute = clock.ToTicks(TimeSpan.FromMinutes(1));

    /// <summary>Returns whether an event is among the first of its minute; else it is counted for the summary.</summary>
    public bool TryAcquire(CapturedEvent captured)
    {
        string key = KeyOf(captured.Event);
        lock (_windows)
        {
            EventWindow window = captured.Window = WindowOf(key, captured);
            if (captured.Alike is { } alike)
            {
                alike.Last = window;
            }

            if (window.Sent < eventsPerMinute)
            {
                window.Sent++;
                return true;
            }

            window.More++;
            return false;
        }
    }

    /// <summary>Adds errors of which no event was made; the window may be one that was told already.</summary>
    public void Add(EventWindow window, long more)
    {
        lock (_windows)
        {
            window.More += more;
            _windows.TryAdd(window.Key, window);
        }
    }

    /// <summary>Ends the minutes that are over.</summary>
    /// <returns>One event for each that had more errors than were sent.</returns>
    public IReadOnlyList<CapturedEvent> Sweep(bool isLast)
    {
        long now = clock.Timestamp;
        lock (_windows)
        {
            EventWindow[] over = [.. _windows.Values.Where(window => isLast || now >= window.End)];
            foreach (EventWindow window in over)
            {
                _windows.Remove(window.Key);
            }

            CapturedEvent[] summaries = [.. over.Where(window => window is { More: > 0, HasLeft: true }).Select(window => window.Summary())];
            foreach (EventWindow window in over)
            {
                window.More = 0;
            }

            return summaries;
        }
    }

    private EventWindow WindowOf(string key, CapturedEvent captured)
    {
        long now = clock.Timestamp;
        if (_windows.TryGetValue(key, out EventWindow? known) && now < known.End)
        {
            return known;
        }

        if (known is null && _windows.Count >= MostFingerprints)
        {
            key = Others;
            if (_windows.TryGetValue(key, out known) && now < known.End)
            {
                return known;
            }
        }

        // What the minute before has to tell is told with this one, if no sweep has come between.
        var window = new EventWindow(key, captured, now + _minute) { More = known?.More ?? 0, HasLeft = known?.HasLeft ?? false };
        _windows[key] = window;
        return window;
    }

    private static string KeyOf(SentryEvent sentryEvent) => sentryEvent.Fingerprint.Count > 0
        ? string.Join('\n', sentryEvent.Fingerprint)
        : $"{sentryEvent.Level}\n{sentryEvent.Logger}\n{sentryEvent.Message?.Message ?? sentryEvent.Message?.Formatted}\n{sentryEvent.Exception?.GetType()}";
}
