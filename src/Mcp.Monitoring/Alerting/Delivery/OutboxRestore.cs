using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Takes over what a former run left: what waits, and what channels know. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class OutboxRestore(OutboxLedger book, FallbackDelivery standIns)
{
    public void Restore(StateRows rows, OutboxStep step)
    {
        OutboxMessage[] messages =
            [.. rows.Of(OutboxMessage.Table).OrderBy(message => message.Created).ThenBy(message => message.Generation).ThenBy(message => message.Id, StringComparer.Ordinal)];
        foreach (OutboxMessage message in messages)
        {
            if (message.EndedAt is null)
            {
                Waiting(message, step);
            }
            else if (book.Find(message.Channel) is { } queue)
            {
                Past(queue, message);
            }
        }

        foreach (ChannelQueue queue in book.Queues)
        {
            foreach (OutboxMessage missed in messages.Where(message => message.Channel == queue.Name && IsMissed(queue, message)))
            {
                queue.Missed.Add(missed.Notification, missed.HandedTo!, missed.Created);
            }
        }
    }

    private static bool IsMissed(ChannelQueue queue, OutboxMessage message) => message.HandedTo is not null
        && (message.EndedAt is not { } ended || queue.Health.LastSuccess is not { } success || ended > success)
        && (message.Notification.Kind != NotificationKind.Resolved || message.State == OutboxState.Dead || queue.Group(message.Notification.Group).IsTold != true);

    private void Waiting(OutboxMessage message, OutboxStep step)
    {
        if (book.Find(message.Channel) is not { } queue)
        {
            standIns.EndWithoutChannel(message, step);
            return;
        }

        QueuedMessage waiting = book.Put(queue, message with { State = OutboxState.Pending, LeaseUntil = null });
        waiting.IsReleased = true;
        RememberStandIn(queue, waiting);
        bool wasSending = message.State == OutboxState.Sending;
        if (queue.IsOfMissed(waiting))
        {
            queue.Missed.IsPossibleDuplicate |= wasSending;
            book.End(queue, waiting, OutboxState.Superseded, step);
        }
        else if (waiting.ExpiresAt <= book.Clock.Now)
        {
            book.End(queue, waiting, OutboxState.Dead, step, "it was not delivered in time");
        }
        else if (wasSending)
        {
            // The process that held the claim is gone, and nobody knows how far it came.
            OutboxLedger.MayHaveArrived(queue, waiting);
            step.Put(waiting);
        }
    }

    private void Past(ChannelQueue queue, OutboxMessage message)
    {
        var past = new QueuedMessage(message, order: 0);
        ToldGroup told = queue.Group(past.Group);
        told.Highest = Math.Max(told.Highest, message.Generation);
        if (message.State == OutboxState.Sent)
        {
            queue.Health.LastSuccess = message.EndedAt > queue.Health.LastSuccess ? message.EndedAt : queue.Health.LastSuccess ?? message.EndedAt;
            queue.Told(past, message.Reference);
        }
        else if (past.IsFiring && message.Notification.IsPossibleDuplicate)
        {
            told.IsTold = true;
        }

        RememberStandIn(queue, past);
    }

    private void RememberStandIn(ChannelQueue queue, QueuedMessage message)
    {
        if (message.Row.HandedTo is { } standIn && message.IsFiring)
        {
            queue.Group(message.Group).AddStandIn(standIn);
        }

        if (message.Row.InsteadOf is { } missing && message.Kind == NotificationKind.Resolved && book.Find(missing) is { } other)
        {
            other.Group(message.Group).TakeStandIns();
        }
    }
}
