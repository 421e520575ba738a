using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>Makes what readers see, at most once a second unless somebody has just asked for a change.</summary>
internal sealed class AlertPublisher(AlertClock clock, AlertRegister register, IncidentManager incidents, SilenceStore silences, DropCounts drops)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private AlertSnapshot _current = AlertSnapshot.Empty;
    private TimeSpan? _last;
    private long _dropped;

    /// <summary>Gets what readers see; any thread.</summary>
    public AlertSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Publishes if something has changed.</summary>
    /// <returns>When the rest is to be published; <see langword="null"/> if there is none.</returns>
    public TimeSpan? Tick(bool atOnce)
    {
        register.Settle();
        if (!register.IsChanged && !incidents.IsChanged && !atOnce && _dropped == drops.Total)
        {
            return null;
        }

        TimeSpan now = clock.Now;
        if (!atOnce && now < _last + Interval)
        {
            return _last + Interval;
        }

        _last = now;
        _dropped = drops.Total;
        register.IsChanged = false;
        incidents.IsChanged = false;
        Volatile.Write(ref _current, Make());
        return null;
    }

    private AlertSnapshot Make()
    {
        Alert[] alerts =
        [
            .. register.Active.Values.Select(alert => alert.View ??= AlertViews.Of(alert, clock))
                .OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.FiredAt ?? alert.StartedAt),
            .. register.Past,
        ];
        Incident[] all = [.. incidents.All.Reverse().Select(incident => incident.ToView(clock))];
        return new AlertSnapshot
        {
            Alerts = alerts,
            Incidents = all,
            Silences = [.. silences.Current(clock.UtcNow)],
            Statistics = AlertStatistics.Of(
                alerts.Select(alert => (alert.State, alert.Severity)),
                all.Select(incident => (incident.State, incident.Severity)),
                register.Active.Values.Count(alert => alert.IsSilenced),
                register.Active.Values.Count(alert => alert.IsInhibited),
                _dropped),
        };
    }
}
