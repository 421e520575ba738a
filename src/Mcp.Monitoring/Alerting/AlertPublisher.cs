using Mcp.Monitoring.Alerting.Raising;

namespace Mcp.Monitoring.Alerting;

/// <summary>Makes what readers see, at most once a second unless somebody has just asked for a change.</summary>
internal sealed class AlertPublisher(AlertParts parts, DropCounts drops)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private AlertSnapshot _current = AlertSnapshot.Empty;
    private TimeSpan? _last;
    private long _dropped;

    /// <summary>Gets what readers see; any thread.</summary>
    public AlertSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Publishes if something has changed.</summary>
    /// <returns>When the rest is to be published; <see langword="null"/> if there is none.</returns>
    public TimeSpan? Advance(bool atOnce)
    {
        parts.Register.Settle();
        if (!parts.Register.IsChanged && !parts.Incidents.IsChanged && !atOnce && _dropped == drops.Total)
        {
            return null;
        }

        TimeSpan now = parts.Clock.Now;
        if (!atOnce && now < _last + Interval)
        {
            return _last + Interval;
        }

        _last = now;
        _dropped = drops.Total;
        parts.Register.IsChanged = false;
        parts.Incidents.IsChanged = false;
        Volatile.Write(ref _current, Make());
        return null;
    }

    private AlertSnapshot Make()
    {
        Alert[] alerts =
        [
            .. parts.Register.Active.Values.Select(tracked => tracked.View ??= AlertViews.Of(tracked, parts.Clock))
                .OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.FiredAt ?? alert.StartedAt),
            .. parts.Register.Past,
        ];
        Incident[] incidents = [.. parts.Incidents.All.Reverse().Select(incident => incident.ToView(parts.Clock))];
        return new AlertSnapshot
        {
            Alerts = alerts,
            Incidents = incidents,
            Silences = [.. parts.Silences.Current(parts.Clock.UtcNow)],
            Statistics = AlertStatistics.Of(
                alerts.Select(alert => (alert.State, alert.Severity)),
                incidents.Select(incident => (incident.State, incident.Severity)),
                parts.Register.Active.Values.Count(tracked => tracked.IsSilenced),
                parts.Register.Active.Values.Count(tracked => tracked.IsInhibited),
                _dropped),
        };
    }
}
