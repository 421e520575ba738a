namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Decides which message of a channel is next, and when. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class OutboxClaims(OutboxLedger book, FallbackDelivery standIns)
{
    /// <summary>Claims the next message that may be sent now; what turns out not to be worth sending ends here.</summary>
    public QueuedMessage? Claim(ChannelQueue queue, OutboxStep step, out TimeSpan wait)
    {
        TimeSpan now = book.Clock.Now;
        TimeSpan allowed = Later(queue.Health.NextSend, now + queue.Limit.Wait(now));
        wait = TimeSpan.Zero;
        if (allowed <= now)
        {
            // What was missed comes first: it is older, and the newest state of it is in it.
            QueuedMessage? next = queue.Missed.IsEmpty ? NextDue(queue, now, step) : Digest(queue);
            if (next is not null)
            {
                return Claim(queue, next, now, step);
            }
        }

        wait = Wait(queue, now, allowed);
        return null;
    }

    private QueuedMessage? NextDue(ChannelQueue queue, TimeSpan now, OutboxStep step)
    {
        while (true)
        {
            QueuedMessage? next = queue.Messages
                .Where(message => message.IsReleased && message.IsWaiting && message.NotBefore <= now && !queue.IsBehind(message))
                .MinBy(message => (-(int)message.Row.Notification.Severity, message.Order));
            if (next is null || next.Kind != NotificationKind.Resolved)
            {
                return next;
            }

            standIns.TellOver(queue, next, step);
            if (queue.IsTold(next))
            {
                return next;
            }

            book.End(queue, next, OutboxState.Superseded, step);
        }
    }

    private QueuedMessage Digest(ChannelQueue queue)
    {
        QueuedMessage digest = book.Put(queue, queue.Missed.Digest(book.Clock.UtcNow, book.Settings.TimeZone(), book.Settings.Expiry));
        digest.IsReleased = true;
        return digest;
    }

    private QueuedMessage Claim(ChannelQueue queue, QueuedMessage message, TimeSpan now, OutboxStep step)
    {
        queue.Limit.Take(now);
        message.Row = message.Row with
        {
            State = OutboxState.Sending,
            Attempts = message.Row.Attempts + 1,
            NotBefore = null,
            LeaseUntil = book.Clock.UtcNow + book.Settings.SendLimit + book.Settings.LeaseMargin,
        };
        step.Put(message);
        return message;
    }

    private TimeSpan Wait(ChannelQueue queue, TimeSpan now, TimeSpan allowed)
    {
        TimeSpan next = queue.Missed.IsEmpty ? queue.Health.NextCheck : Sooner(queue.Health.NextCheck, allowed);
        foreach (QueuedMessage message in queue.Messages.Where(message => message.IsReleased))
        {
            next = Sooner(next, message.ExpiresAt);
            if (message.Row.HandedTo is null)
            {
                // If nobody could stand in so far, somebody may be able to soon.
                next = Sooner(next, queue.Health.StandIn > now ? queue.Health.StandIn : now + book.Settings.StandInAfter);
            }

            if (!queue.IsBehind(message))
            {
                next = Sooner(next, Later(allowed, message.NotBefore));
            }
        }

        return next > now ? next - now : TimeSpan.Zero;
    }

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
