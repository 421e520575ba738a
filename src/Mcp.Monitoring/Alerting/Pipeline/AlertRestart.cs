using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>Puts together what a former run left: what was told stays told, and what ended meanwhile is told to be over.</summary>
internal sealed class AlertRestart(AlertClock clock, NotificationLog log, GroupDispatcher groups, Inhibitions inhibitions, AlertIntake intake, ManualAlerts manual, FaultIsolation guard)
{
    /// <summary>Takes up the alerts, once groups, incidents and the log are there.</summary>
    /// <returns>The rows of what is over.</returns>
    public IReadOnlyList<StoredAlert> Load(StateRows rows)
    {
        StoredAlert[] alerts = [.. rows.Of(StoredAlert.Table)];
        StoredAlert[] past = [.. alerts.Where(row => row.State == AlertState.Resolved)];
        guard.Each(
            past.Where(row => CauseOrder.IsCause(row.Rule) && row.ResolvedAt > clock.UtcNow - CauseOrder.LongestAftermath),
            row => inhibitions.Note(row.ToActive(clock)));
        guard.Each(alerts.Where(row => row.State != AlertState.Resolved), row =>
        {
            ActiveAlert alert = row.ToActive(clock);
            intake.Restore(alert);
            if (alert.IsRaised)
            {
                manual.Restore(alert);
            }
        });

        List<ActiveAlert> ended = [];
        guard.Each(past.OrderBy(row => row.ResolvedAt), row => ended.Add(row.ToActive(clock)));
        var endings = ended.ToLookup(alert => alert.Fingerprint);
        var silenced = rows.Of(StoredGroup.Table).Where(row => row.Closed is null).ToDictionary(row => row.Id, row => row.Silenced, StringComparer.Ordinal);
        guard.Each(groups.All, group => Complete(group, endings, silenced.GetValueOrDefault(group.Id) ?? []));
        return past;
    }

    private void Complete(AlertGroup group, ILookup<ulong, ActiveAlert> endings, IReadOnlyList<string> silenced)
    {
        IReadOnlyCollection<NotificationLogEntry> entries = log.OfGroup(group.Id);
        HashSet<ulong> present = [.. group.Members.Values.Select(member => member.Fingerprint)];
        foreach (ulong told in entries.SelectMany(entry => entry.Firing.Keys).Distinct().Where(told => !present.Contains(told)).ToArray())
        {
            if (endings[told].LastOrDefault() is { } ended)
            {
                group.Add(ended);
            }
            else
            {
                Forget(entries, told);
            }
        }

        foreach (ActiveAlert member in group.Members.Values)
        {
            group.IsUnsilenced |= member is { IsFiring: true, IsSilenced: false } && silenced.Contains(StoredGroup.Text(member.Fingerprint), StringComparer.Ordinal);
            member.Channels = [.. member.Channels.Union(entries.Where(entry => entry.Firing.ContainsKey(member.Fingerprint)).Select(entry => entry.Channel), StringComparer.Ordinal)];
        }
    }

    // Its row is gone: there is nothing to say of it.
    private void Forget(IEnumerable<NotificationLogEntry> entries, ulong told)
    {
        foreach (NotificationLogEntry entry in entries.Where(entry => entry.Firing.Remove(told)))
        {
            log.Changed(entry);
        }
    }
}
