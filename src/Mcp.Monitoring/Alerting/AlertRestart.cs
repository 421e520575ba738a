using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>Puts together what a former run left: what was told stays told, and what ended meanwhile is told to be over.</summary>
internal static class AlertRestart
{
    private static readonly TimeSpan LongestAftermath = TimeSpan.FromHours(25);

    public static void Load(StateRows rows, AlertParts parts, AlertIntake intake, ManualAlerts raised)
    {
        FaultIsolation guard = parts.FaultIsolation;
        parts.Silences.Load(rows, parts.Clock.UtcNow, guard);
        parts.Flaps.Load(rows, guard);
        parts.Notifier.Load(rows);
        parts.Incidents.Load(rows);
        parts.Groups.Load(rows);
        foreach (AlertGroup group in parts.Groups.All)
        {
            group.Flaps = parts.Flaps.Find(group.Labels);
        }

        StoredAlert[] alerts = [.. rows.Of(StoredAlert.Table)];
        StoredAlert[] past = [.. alerts.Where(row => row.State == AlertState.Resolved)];
        guard.Each(
            past.Where(row => CauseOrder.IsCause(row.Rule) && row.ResolvedAt > parts.Clock.UtcNow - LongestAftermath),
            row => parts.Inhibitions.Note(row.ToActive(parts.Clock)));
        guard.Each(alerts.Where(row => row.State != AlertState.Resolved), row =>
        {
            ActiveAlert alert = row.ToActive(parts.Clock);
            intake.Restore(alert);
            if (alert.IsRaised)
            {
                raised.Restore(alert);
            }
        });
        List<ActiveAlert> ended = [];
        guard.Each(past.OrderBy(row => row.ResolvedAt), row => ended.Add(row.ToActive(parts.Clock)));
        var endings = ended.ToLookup(alert => alert.Labels.Fingerprint);
        var silenced = rows.Of(StoredGroup.Table).Where(row => row.Closed is null).ToDictionary(row => row.Id, row => row.Silenced, StringComparer.Ordinal);
        guard.Each(parts.Groups.All, group => Complete(group, endings, silenced.GetValueOrDefault(group.Id) ?? [], parts));

        parts.Register.LoadPast(past);
        parts.Incidents.Restored();
    }

    private static void Complete(AlertGroup group, ILookup<ulong, ActiveAlert> endings, IReadOnlyList<string> silenced, AlertParts parts)
    {
        HashSet<ulong> present = [.. group.Members.Values.Select(member => member.Fingerprint)];
        foreach (ulong told in group.Views.Values.SelectMany(view => view.Firing).Distinct().Where(told => !present.Contains(told)).ToArray())
        {
            if (endings[told].LastOrDefault() is { } ended)
            {
                group.Add(new TrackedAlert(ended) { Group = group });
            }
            else
            {
                Forget(group, told);
            }
        }

        foreach (TrackedAlert member in group.Members.Values)
        {
            group.IsUnsilenced |= member is { IsFiring: true, IsSilenced: false } && silenced.Contains(StoredGroup.Text(member.Fingerprint), StringComparer.Ordinal);
            foreach (ChannelView view in group.Views.Values.Where(view => view.Firing.Contains(member.Fingerprint)))
            {
                member.Channels = [.. member.Channels.Union([view.Channel], StringComparer.Ordinal)];
            }
        }
    }

    // Its row is gone: there is nothing to say of it.
    private static void Forget(AlertGroup group, ulong told)
    {
        foreach (ChannelView view in group.Views.Values)
        {
            view.Firing.Remove(told);
        }
    }
}
