using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Tells once that a group comes and goes, and then that it has settled.</summary>
internal sealed class FlappingStage(FlapDetector flaps, NotificationLog log, Notifier notifier, AlertClock clock) : IStage
{
    // A condition that is away for a moment has not gone.
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(2);

    public void Run(GroupFlush flush)
    {
        ActiveAlert[] told = [.. flush.Group.Members.Values.Where(member => member is { IsSilenced: false, IsInhibited: false, IsEvent: false })];
        ActiveAlert[] firing = [.. told.Where(member => member.IsFiring)];

        // It has gone when nothing of it has gone on for a while, or all of it is over.
        TimeSpan? quietSince = firing.Length == 0 || firing.Any(member => member.GoneSince is null) ? null : firing.Max(member => member.GoneSince);
        if (told.Length == 0 || (quietSince is { } quiet && flush.Now < quiet + Away))
        {
            flush.FlushAgain(quietSince + Away);
            return;
        }

        bool isGoingOn = firing.Length > 0 && quietSince is null;
        TimeSpan at = isGoingOn ? firing.Min(member => member.StartedAt) : quietSince ?? told.Max(member => member.EndedAt ?? flush.Now);
        bool hasBegun = flaps.Note(flush.Group.Labels, isGoingOn, at, flush.Settings.Flapping, flush.Changes);
        flush.Group.IsFlapping = flaps.IsFlapping(flush.Group.Labels);
        if (hasBegun)
        {
            Begin(flush, told, flaps.Find(flush.Group.Labels)!);
        }
    }

    /// <summary>Tells that a group has settled, and how: it goes on, or is over.</summary>
    public void End(AlertGroup group, AlertSettings settings, StateChanges changes)
    {
        group.IsFlapping = false;
        group.FlushNow();
        foreach (NotificationLogEntry entry in log.OfGroup(group.Id).Where(entry => entry.IsTold).ToArray())
        {
            ActiveAlert[] known = [.. group.Members.Values.Where(member => entry.Firing.ContainsKey(member.Fingerprint))];
            ActiveAlert[] going = [.. known.Where(member => member.IsVisible)];
            if (going.Length > 0 || !known.Any(member => member.IsFiring))
            {
                var change = new GroupChange(NotificationKind.FlappingEnded)
                {
                    Going = going,
                    Over = [.. known.Where(member => !member.IsFiring)],
                    Remark = settings.Message.Texts[going.Length > 0 ? "remark.settled_going" : "remark.settled"],
                };
                notifier.Notify(group, entry.Channel, change, settings, changes);
            }
        }
    }

    private void Begin(GroupFlush flush, ActiveAlert[] members, FlapHistory history)
    {
        AlertTexts texts = flush.Settings.Message.Texts;
        string remark = texts.Say("remark.flapping", history.Cycles.Count, texts.Elapsed(clock.Now - history.Cycles.Peek().Began));
        foreach (string channel in members.SelectMany(member => member.Channels).Distinct(StringComparer.Ordinal))
        {
            NotificationLogEntry? entry = log.Find(flush.Group.Id, channel);
            ActiveAlert[] known = [.. members.Where(member => entry?.Firing.ContainsKey(member.Fingerprint) == true)];
            ActiveAlert[] begun = known.Length > 0 ? [] : [.. members.Where(member => member.Channels.Contains(channel, StringComparer.Ordinal))];
            notifier.Notify(
                flush.Group, channel, new GroupChange(NotificationKind.FlappingStarted) { Begun = begun, Going = known, Remark = remark }, flush.Settings, flush.Changes);
        }
    }
}
