using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Has one channel tell what another cannot, once, and notes in the log what that one misses. It belongs to the engine's thread.</summary>
internal sealed class FallbackDelivery(DeliveryLedger ledger, NotificationLog log, DeliverySettings settings, DeliveryMetrics metrics)
{
    /// <summary>Ends a message that will not arrive; another channel tells it.</summary>
    public void Die(ChannelQueue queue, QueuedNotification message, string error, StateChanges changes)
    {
        HandOver(queue, message, changes, isDead: true);
        if (queue.Messages.Contains(message))
        {
            ledger.End(queue, message, DeliveryState.Dead, changes, error);
        }
    }

    /// <summary>Has another channel tell a message that waits, if that has not been done and there is one.</summary>
    public void HandOver(ChannelQueue queue, QueuedNotification message, StateChanges changes, bool isDead = false)
    {
        if (message.HandedTo is not null || message.IsToldToSome)
        {
            return;
        }

        bool isResolved = message.Kind == NotificationKind.Resolved;
        NotificationLogEntry entry = log.Of(message.Group, queue.Name);
        if (isResolved && !entry.IsKnown && entry.ToldBy.Count == 0)
        {
            if (!queue.IsBehind(message))
            {
                ledger.End(queue, message, DeliveryState.Superseded, changes);
            }

            return;
        }

        foreach (ChannelQueue other in Others(queue, message, isResolved ? TakeToldBy(entry) : []))
        {
            Notify(queue, entry, message, other, changes);
            message.HandedTo = other.Name;
            if (message.IsFiring && !entry.ToldBy.Contains(other.Name, StringComparer.Ordinal))
            {
                entry.ToldBy.Add(other.Name);
            }
        }

        if (message.HandedTo is { } by)
        {
            metrics.FellBack(queue.Name);
            ledger.Changed(message, changes);
            if (!isResolved || !entry.IsKnown || isDead)
            {
                Miss(queue, entry, message, by);
            }

            log.Changed(entry);
        }
    }

    /// <summary>Has those who told that a group fires tell that it is over.</summary>
    public void NotifyOver(ChannelQueue queue, QueuedNotification resolved, StateChanges changes)
    {
        NotificationLogEntry entry = log.Of(resolved.Group, queue.Name);
        foreach (string name in TakeToldBy(entry))
        {
            if (ledger.Find(name) is { } other)
            {
                Notify(queue, entry, resolved, other, changes);
            }
        }
    }

    /// <summary>Ends a message to a channel that is not there any more, and has another tell it.</summary>
    public void EndWithoutChannel(QueuedNotification message, StateChanges changes)
    {
        if (message is { InsteadOf: null, Kind: not NotificationKind.Resolved, IsToldToSome: false } && Choose(queue: null, message) is { } other && !IsTelling(other, message))
        {
            ledger.Add(other, ledger.Copy(message, message.Channel, other), changes);
            message.HandedTo = other.Name;
            if (message.IsFiring && log.Find(message.Group, message.Channel) is { } entry && !entry.ToldBy.Contains(other.Name, StringComparer.Ordinal))
            {
                entry.ToldBy.Add(other.Name);
            }
        }

        ledger.EndRow(message, DeliveryState.Dead, "there is no such channel", changes);
    }

    /// <summary>Ends what waits for a channel that is there no more, and has others tell it.</summary>
    public void Leave(ChannelQueue queue, StateChanges changes)
    {
        foreach (QueuedNotification message in queue.Messages.ToArray())
        {
            Die(queue, message, "the channel is switched off", changes);
        }

        queue.Missed.Clear();
        Forget(queue.Name);
    }

    /// <summary>Forgets what a channel was told that is there no more. Who told of it in its place tells how it goes on.</summary>
    public void Forget(string channel)
    {
        foreach (NotificationLogEntry entry in log.All.Where(entry => entry.Channel == channel).ToArray())
        {
            foreach (string heir in entry.ToldBy.Where(name => ledger.Find(name) is not null))
            {
                NotificationLogEntry inherited = log.Of(entry.Group, heir);
                inherited.Inherit(entry);
                log.Changed(inherited);
            }

            entry.Forget();
            log.Changed(entry);
        }
    }

    /// <summary>Takes note that a channel has heard what it missed, and ends what waited for that.</summary>
    public void MissedIsTold(ChannelQueue queue, StateChanges changes)
    {
        foreach (NotificationLogEntry entry in queue.Missed)
        {
            entry.IsDelivered |= entry.Missed!.GoesOn;
            entry.Missed = null;
            log.Changed(entry);
        }

        queue.Missed.Clear();
        queue.IsDigestPossibleDuplicate = false;
        queue.IsDigestRefused = false;

        // The end of what the channel had been told itself is told by itself.
        foreach (QueuedNotification missed in queue.Messages.Where(message => message is { IsWaiting: true, HandedTo: not null } && !IsOwnEnd(queue, message)).ToArray())
        {
            ledger.End(queue, missed, DeliveryState.Superseded, changes);
        }
    }

    private bool IsOwnEnd(ChannelQueue queue, QueuedNotification message) => message.Kind == NotificationKind.Resolved && log.Of(message.Group, queue.Name).IsKnown;

    private static void Miss(ChannelQueue queue, NotificationLogEntry entry, QueuedNotification message, string by)
    {
        if (entry.Missed is null)
        {
            queue.Missed.Add(entry);
        }

        AlertNotification notification = message.Notification with { Alerts = [] };
        entry.Missed = entry.Missed is { } before
            ? new MissedNotification(notification, before.Count + 1, before.Since, [.. before.By.Union([by], StringComparer.Ordinal)])
            : new MissedNotification(notification, 1, message.Created, [by]);
    }

    // Once: a channel that is told of it anyway is not told twice.
    private void Notify(ChannelQueue queue, NotificationLogEntry entry, QueuedNotification message, ChannelQueue other, StateChanges changes)
    {
        if (IsTelling(other, message))
        {
            return;
        }

        if (message.Kind == NotificationKind.Resolved && entry.IsKnown)
        {
            // People know of it by the channel that is down.
            log.Of(message.Group, other.Name).IsDelivered = true;
        }

        ledger.Add(other, ledger.Copy(message, message.InsteadOf ?? queue.Name, other), changes);
    }

    private bool IsTelling(ChannelQueue other, QueuedNotification message) =>
        message.TellsState ? log.Find(message.Group, other.Name)?.Generation >= message.Generation : other.LastText == message.Notification.Text;

    private static string[] TakeToldBy(NotificationLogEntry entry)
    {
        string[] taken = [.. entry.ToldBy];
        entry.ToldBy.Clear();
        return taken;
    }

    private ChannelQueue[] Others(ChannelQueue queue, QueuedNotification message, string[] before)
    {
        ChannelQueue[] others = [.. before.Select(ledger.Find).OfType<ChannelQueue>()];
        if (others.Length == 0)
        {
            // A fallback has no fallback but the log, or two that are down would pass it to and fro.
            ChannelQueue? chosen = message.InsteadOf is null ? Choose(queue, message) : LogFor(queue);
            others = chosen is null ? [] : [chosen];
        }

        return others;
    }

    private ChannelQueue? LogFor(ChannelQueue? queue) => queue is { IsRemote: false } ? null : ledger.Find(ChannelQueue.Log);

    private ChannelQueue? Choose(ChannelQueue? queue, QueuedNotification message)
    {
        if (settings.FallbackChannel() is { } name && ledger.Find(name) is { } named && named != queue && CanTell(named, message))
        {
            return named;
        }

        int next = queue is null ? 0 : ledger.Queues.TakeWhile(other => other != queue).Count() + 1;
        return ledger.Queues.Skip(next).Concat(ledger.Queues.Take(next)).FirstOrDefault(other => other.IsRemote && other != queue && CanTell(other, message))
            ?? LogFor(queue);
    }

    // That a channel is down is never told there, even where it works again while the alert still fires.
    private static bool CanTell(ChannelQueue other, QueuedNotification message) =>
        !other.Health.IsDown && !message.Notification.Alerts.Any(alert => alert.Labels.GetValueOrDefault(AlertLabels.Channel) == other.Name);
}
