using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Compares the group with what each channel was told, and has them told what is news, when it is due.</summary>
/// <param name="log">Who was told what.</param>
/// <param name="notifier">Who tells them.</param>
/// <param name="pending">Lists what does not fire yet and belongs to a group.</param>
internal sealed class DedupStage(NotificationLog log, Notifier notifier, Func<GroupFlush, IReadOnlyList<ActiveAlert>> pending) : IStage
{
    private static readonly TimeSpan BetweenLooksAtValues = TimeSpan.FromSeconds(15);

    /// <summary>Gets whether something of a kind is told at all, where somebody else tells people.</summary>
    public Func<NotificationKind, bool> MayTell { get; init; } = static _ => true;

    public void Run(GroupFlush flush)
    {
        ForgetEvents(flush.Group);
        foreach (string channel in ChannelsOf(flush).ToArray())
        {
            Notify(flush, channel);
        }

        flush.Group.IsUnsilenced = false;
        if (flush.Firing.Any(member => member.IsIntensity))
        {
            flush.FlushAgain(flush.Now + BetweenLooksAtValues);
        }

        foreach (ActiveAlert over in flush.Group.Members.Values.Where(member => !member.IsFiring).ToArray())
        {
            if (!log.OfGroup(flush.Group.Id).Any(entry => entry.Firing.ContainsKey(over.Fingerprint)))
            {
                flush.Group.Remove(over.Labels);
            }
        }
    }

    // What has happened is told, and no end of it.
    private void ForgetEvents(AlertGroup group)
    {
        foreach (ActiveAlert over in group.Members.Values.Where(member => member is { IsFiring: false, IsEvent: true }))
        {
            foreach (NotificationLogEntry entry in log.OfGroup(group.Id))
            {
                if (entry.Firing.Remove(over.Fingerprint) && !entry.IsTold)
                {
                    entry.Close();
                    entry.Ended();
                }

                log.Changed(entry);
            }
        }
    }

    private IEnumerable<string> ChannelsOf(GroupFlush flush) =>
        flush.Firing.SelectMany(member => member.Channels)
            .Concat(log.OfGroup(flush.Group.Id).Where(entry => entry.IsTold).Select(entry => entry.Channel))
            .Distinct(StringComparer.Ordinal);

    private void Notify(GroupFlush flush, string channel)
    {
        FlushDecision decision = Decide(flush, channel);
        if (decision.Same.Count > 0)
        {
            NotificationLogEntry entry = log.Of(flush.Group.Id, channel);
            foreach (ActiveAlert same in decision.Same)
            {
                entry.Firing.TryAdd(same.Fingerprint, double.NaN);
            }

            log.Changed(entry);
        }

        if (decision.Change is { } news && !MayTell(news.Kind))
        {
            return;
        }

        if (decision.Change is { } change && decision.Due <= flush.Now)
        {
            notifier.Notify(flush.Group, channel, change with { Pending = pending(flush) }, flush.Settings, flush.Changes);
            decision = Decide(flush, channel);
        }

        flush.FlushAgain(decision.Due);
    }

    private FlushDecision Decide(GroupFlush flush, string channel) =>
        FlushDecision.Of(flush.Group, channel, log.Find(flush.Group.Id, channel), flush.Settings.Grouping, flush.Now);
}
