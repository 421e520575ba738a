using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Takes over the messages that a former run left, and what channels missed. It belongs to the engine's thread.</summary>
internal sealed class DeliveryRestore(DeliveryLedger ledger, FallbackDelivery fallback, NotificationLog log, AlertClock clock)
{
    public void Load(StateRows rows, StateChanges changes)
    {
        foreach (NotificationLogEntry entry in log.All.Where(entry => entry.Missed is not null))
        {
            ledger.Find(entry.Channel)?.Missed.Add(entry);
        }

        foreach (QueuedNotification message in rows.Of(ledger.Table).OrderBy(message => message.Created).ThenBy(message => message.Generation).ThenBy(message => message.Id, StringComparer.Ordinal))
        {
            if (message.EndedAt is null)
            {
                Restore(message, changes);
            }
            else if (message.State == DeliveryState.Sent && ledger.Find(message.Channel) is { Health: var health } && !(health.LastSuccess >= message.EndedAt))
            {
                health.LastSuccess = message.EndedAt;
            }
        }

        foreach (string channel in log.All.Select(entry => entry.Channel).Distinct(StringComparer.Ordinal).Where(channel => ledger.Find(channel) is null).ToArray())
        {
            fallback.Forget(channel);
        }

        // Of what was on its way and is not any more.
        foreach (NotificationLogEntry over in log.All.Where(entry => entry.IsOver))
        {
            log.Changed(over);
        }
    }

    private void Restore(QueuedNotification message, StateChanges changes)
    {
        if (ledger.Find(message.Channel) is not { } queue)
        {
            fallback.EndWithoutChannel(message, changes);
            return;
        }

        bool wasSending = message.State == DeliveryState.Sending;
        message.State = DeliveryState.Pending;
        NotificationLogEntry entry = ledger.Put(queue, message);
        if (message.Group == queue.DigestGroup)
        {
            queue.IsDigestPossibleDuplicate |= wasSending;
            ledger.End(queue, message, DeliveryState.Superseded, changes);
        }
        else if (message.ExpiresAt <= clock.Now)
        {
            ledger.End(queue, message, DeliveryState.Dead, changes, "it was not delivered in time");
        }
        else if (wasSending)
        {
            // The process that sent it is gone, and nobody knows how far it came.
            ledger.MayHaveArrived(entry, message);
            ledger.Changed(message, changes);
        }
    }
}
