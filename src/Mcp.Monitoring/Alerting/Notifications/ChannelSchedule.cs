namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>When a channel is called next.</summary>
internal static class ChannelSchedule
{
    // The shortest wait for a call that hangs to come back.
    private static readonly TimeSpan ForReadiness = TimeSpan.FromSeconds(5);

    /// <summary>Gets from when on something may be sent, by the health and the rate of the channel.</summary>
    public static TimeSpan AllowedFrom(ChannelQueue queue, TimeSpan now) => Later(queue.Health.NextSend, now + queue.Rate.Wait(now));

    /// <summary>Gets when a channel is to be looked at next, if no call of it ends before.</summary>
    public static TimeSpan NextOf(ChannelQueue queue, DeliverySettings settings, TimeSpan now, DeliveryPhase phase)
    {
        TimeSpan next = queue.Call is { } call ? call.IsStopped ? call.StopAt + settings.HangLimit : call.StopAt
            : phase == DeliveryPhase.Closed ? TimeSpan.MaxValue
            : queue.HangsTooOften(settings.MostHung) ? now + ForReadiness
            : NextCallOf(queue, now, phase);
        next = Sooner(next, ChannelTests.NextOf(queue));
        foreach (QueuedNotification message in queue.Messages.Where(message => message.IsWaiting))
        {
            next = message.ExpiresAt is { } expires ? Sooner(next, expires) : next;
            if (message.HandedTo is null)
            {
                // If nobody could stand in so far, somebody may be able to soon.
                next = Sooner(next, queue.Health.FallbackFrom > now ? queue.Health.FallbackFrom : now + settings.FallbackAfter);
            }
        }

        return next;
    }

    private static TimeSpan NextCallOf(ChannelQueue queue, TimeSpan now, DeliveryPhase phase)
    {
        if (phase == DeliveryPhase.Testing)
        {
            return queue.Tests.Count > 0 ? now + queue.Rate.Wait(now) : TimeSpan.MaxValue;
        }

        TimeSpan allowed = AllowedFrom(queue, now);
        TimeSpan next = phase == DeliveryPhase.Running ? queue.Health.NextCheck : TimeSpan.MaxValue;
        next = queue.Tests.Count > 0 ? Sooner(next, now + queue.Rate.Wait(now)) : next;
        next = queue.Missed.Count > 0 ? Sooner(next, allowed) : next;
        foreach (QueuedNotification message in queue.Heads())
        {
            next = Sooner(next, Later(allowed, message.NotBefore ?? TimeSpan.MinValue));
        }

        return next;
    }

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
