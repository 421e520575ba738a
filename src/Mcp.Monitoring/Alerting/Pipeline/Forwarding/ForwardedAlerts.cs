using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>
/// What Alertmanager knows of this process: what fires, and for a while what was over. It is kept over a restart, so that whatever began is ended. It belongs to the engine's
/// thread.
/// </summary>
internal sealed class ForwardedAlerts(AlertClock clock, string service, FaultIsolation guard)
{
    // Alertmanager may be away, or restart and know nothing more: within this time it learns of the end all the same.
    private static readonly TimeSpan EndIsToldFor = TimeSpan.FromMinutes(15);

    private readonly Dictionary<AlertLabels, ForwardedAlert> _known = [];
    private readonly Dictionary<ActiveAlert, ForwardedAlert> _ofAlert = [];
    private string? _instance;
    private long _step;

    public IReadOnlyCollection<ForwardedAlert> All => _known.Values;

    /// <summary>Gets the labels under which Alertmanager knows an alert that fires; <see langword="null"/> if it does not know it.</summary>
    public AlertLabels? LabelsOf(ActiveAlert alert) => _ofAlert.GetValueOrDefault(alert)?.Labels;

    public void Load(StateRows rows) => guard.Each(rows.Of(StoredForwardedAlert.Table), row =>
    {
        ForwardedAlert alert = row.ToForwarded();
        if (alert.EndsAt is { } ended)
        {
            TimeSpan forget = clock.FromUtc(ended) + EndIsToldFor, latest = clock.Now + EndIsToldFor;
            alert.ForgetAt = forget < latest ? forget : latest;
        }

        _known[alert.Labels] = alert;
    });

    /// <summary>Compares what is known with what fires.</summary>
    /// <param name="alerts">The alerts that go on.</param>
    /// <param name="instance">What tells this process from others.</param>
    /// <param name="describe">Says what there is to say of an alert.</param>
    /// <param name="changes">Takes the rows.</param>
    /// <returns>What has begun, changed its labels, or ended.</returns>
    public List<ForwardedAlert> Compare(
        IEnumerable<ActiveAlert> alerts, string instance, Func<ActiveAlert, IReadOnlyDictionary<string, string>> describe, StateChanges changes)
    {
        _step++;
        var news = new List<ForwardedAlert>();
        bool isRenamed = _instance != instance;
        _instance = instance;
        guard.Each(alerts, alert =>
        {
            if (alert.IsFiring && See(alert, isRenamed, describe))
            {
                ForwardedAlert begun = _ofAlert[alert];
                news.Add(begun);
                changes.Put(StoredForwardedAlert.Table, StoredForwardedAlert.Of(begun));
            }
        });
        foreach (ForwardedAlert known in _known.Values)
        {
            if (known.EndsAt is null && known.SeenIn != _step)
            {
                End(known, describe);
                news.Add(known);
                changes.Put(StoredForwardedAlert.Table, StoredForwardedAlert.Of(known));
            }
        }

        return news;
    }

    /// <summary>Forgets what was over long ago.</summary>
    public IReadOnlyList<AlertLabels> Forget(StateChanges changes)
    {
        AlertLabels[] over = [.. _known.Values.Where(known => known.ForgetAt <= clock.Now).Select(known => known.Labels)];
        foreach (AlertLabels labels in over)
        {
            _known.Remove(labels);
            changes.Delete(StoredForwardedAlert.Table, StoredForwardedAlert.KeyOf(labels));
        }

        return over;
    }

    // Another severity is another alert to Alertmanager, which routes by it; the former one ends.
    private bool See(ActiveAlert alert, bool isRenamed, Func<ActiveAlert, IReadOnlyDictionary<string, string>> describe)
    {
        if (!isRenamed && _ofAlert.TryGetValue(alert, out ForwardedAlert? known) && known.Severity == alert.Severity)
        {
            known.SeenIn = _step;
            return false;
        }

        AlertLabels labels = PostedLabels.Of(alert, service, _instance!);
        if (!_known.TryGetValue(labels, out ForwardedAlert? forwarded))
        {
            _known[labels] = forwarded = new ForwardedAlert(labels) { EndsAt = DateTimeOffset.MinValue };
        }

        if (forwarded.EndsAt is not null)
        {
            forwarded.StartsAt = clock.ToUtc(alert.FiredAt ?? clock.Now);
            forwarded.EndsAt = null;
            forwarded.ForgetAt = TimeSpan.MaxValue;
            forwarded.HeldUntil = null;
        }

        forwarded.Alert = alert;
        forwarded.Severity = alert.Severity;
        forwarded.Annotations = describe(alert);
        forwarded.SeenIn = _step;
        _ofAlert[alert] = forwarded;
        return true;
    }

    private void End(ForwardedAlert known, Func<ActiveAlert, IReadOnlyDictionary<string, string>> describe)
    {
        DateTimeOffset over = clock.UtcNow;
        if (known.Alert is { } alert)
        {
            over = alert.State == AlertState.Resolved ? clock.ToUtc(alert.ResolvedAt) ?? over : over;
            guard.Try(() => known.Annotations = describe(alert));
            if (_ofAlert.GetValueOrDefault(alert) == known)
            {
                _ofAlert.Remove(alert);
            }
        }

        known.Alert = null;
        known.EndsAt = over > known.StartsAt ? over : known.StartsAt;
        known.ForgetAt = clock.Now + EndIsToldFor;
    }
}
