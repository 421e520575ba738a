namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Has one channel tell what another cannot, once, and remembers what that one misses. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class FallbackDelivery(OutboxLedger book)
{
    /// <summary>Ends a message that will not arrive; another channel tells it.</summary>
    public void Die(ChannelQueue queue, QueuedMessage message, string error, OutboxStep step)
    {
        HandOver(queue, message, step, isDead: true);
        if (queue.Messages.Contains(message))
        {
            book.End(queue, message, OutboxState.Dead, step, error);
        }
    }

    /// <summary>Has another channel tell a message that waits, if that has not been done and there is one.</summary>
    public void HandOver(ChannelQueue queue, QueuedMessage message, OutboxStep step, bool isDead = false)
    {
        if (message.Row.HandedTo is not null)
        {
            return;
        }

        bool isResolved = message.Kind == NotificationKind.Resolved;
        bool isTold = queue.IsTold(message);
        ToldGroup told = queue.Group(message.Group);
        if (isResolved && !isTold && told.FallbackDelivery.Count == 0)
        {
            if (!queue.IsBehind(message))
            {
                book.End(queue, message, OutboxState.Superseded, step);
            }

            return;
        }

        foreach (ChannelQueue other in Others(queue, message, isResolved ? told.TakeStandIns() : []))
        {
            Tell(queue, message, other, step);
            message.Row = message.Row with { HandedTo = other.Name };
            if (message.IsFiring)
            {
                told.AddStandIn(other.Name);
            }
        }

        if (message.Row.HandedTo is { } standIn)
        {
            book.Metrics.StoodIn(queue.Name);
            step.Put(message);
            if (!isResolved || !isTold || isDead)
            {
                queue.Missed.Add(message.Row.Notification, standIn, message.Row.Created);
            }
        }
    }

    /// <summary>Has those who told that a group fires tell that it is over.</summary>
    public void TellOver(ChannelQueue queue, QueuedMessage resolved, OutboxStep step)
    {
        foreach (string standIn in queue.Group(resolved.Group).TakeStandIns())
        {
            if (book.Find(standIn) is { } other)
            {
                Tell(queue, resolved, other, step);
            }
        }
    }

    /// <summary>Ends a message to a channel that is not there any more, and has another tell it.</summary>
    public void EndWithoutChannel(OutboxMessage message, OutboxStep step)
    {
        OutboxMessage dead = message with { State = OutboxState.Dead, EndedAt = book.Clock.UtcNow, LeaseUntil = null, LastError = "there is no such channel" };
        if (message.InsteadOf is null && message.Notification.Kind != NotificationKind.Resolved && Choose(queue: null) is { } other
            && !IsTelling(other, new QueuedMessage(message, order: 0)))
        {
            book.Add(other, Copy(message, message.Channel, other, isKnown: false), step);
            dead = dead with { HandedTo = other.Name };
        }

        OutboxLedger.Report(dead, step);
    }

    // Once: a channel that is told of it anyway is not told twice.
    private void Tell(ChannelQueue queue, QueuedMessage message, ChannelQueue other, OutboxStep step)
    {
        if (!IsTelling(other, message))
        {
            book.Add(other, Copy(message.Row, message.Row.InsteadOf ?? queue.Name, other, queue.IsTold(message)), step);
        }
    }

    private static bool IsTelling(ChannelQueue other, QueuedMessage message)
    {
        ToldGroup told = other.Group(message.Group);
        return message.TellsState ? told.Highest >= message.Row.Generation : told.LastText == message.Row.Notification.Text;
    }

    private OutboxMessage Copy(OutboxMessage message, string insteadOf, ChannelQueue other, bool isKnown)
    {
        string id = Guid.CreateVersion7().ToString("N");
        return new OutboxMessage
        {
            Id = id,
            Channel = other.Name,
            Notification = message.Notification with { Id = id, ThreadReference = null, IsPossibleDuplicate = false },
            Generation = message.Generation,
            IsKnownToChannel = isKnown,
            Created = book.Clock.UtcNow,
            ExpiresAt = message.ExpiresAt,
            InsteadOf = insteadOf,
        };
    }

    private ChannelQueue[] Others(ChannelQueue queue, QueuedMessage message, string[] before)
    {
        ChannelQueue[] others = [.. before.Select(book.Find).OfType<ChannelQueue>()];
        if (others.Length == 0)
        {
            // A stand-in has no stand-in but the last one, or two that are down would pass it to and fro.
            ChannelQueue? chosen = message.Row.InsteadOf is null ? Choose(queue) : LastOf(queue);
            others = chosen is null ? [] : [chosen];
        }

        return others;
    }

    private ChannelQueue? LastOf(ChannelQueue? queue) => queue is { IsRemote: false } ? null : book.Find(ChannelQueue.Log);

    private ChannelQueue? Choose(ChannelQueue? queue)
    {
        if (book.Settings.FallbackChannel() is { } name && book.Find(name) is { } named && named != queue && !named.Health.IsDown)
        {
            return named;
        }

        int next = queue is null ? 0 : book.Queues.TakeWhile(other => other != queue).Count() + 1;
        return book.Queues.Skip(next).Concat(book.Queues.Take(next)).FirstOrDefault(other => other.IsRemote && other != queue && !other.Health.IsDown)
            ?? LastOf(queue);
    }
}
