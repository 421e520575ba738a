using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Every message on its way, in the queue of its channel, and what may stand beside what. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class OutboxLedger(IReadOnlyList<ChannelQueue> queues, OutboxSettings settings, AlertClock clock, DeliveryMetrics metrics)
{
    // The engine takes them each second; if it has come to a stop, nothing is enqueued either.
    private const int MostEnded = 10_000;

    private long _order;

    public IReadOnlyList<ChannelQueue> Queues => queues;

    public OutboxSettings Settings => settings;

    public AlertClock Clock => clock;

    public DeliveryMetrics Metrics => metrics;

    /// <summary>Gets what has come to its end, and nobody was told.</summary>
    public Queue<OutboxMessage> Ended { get; } = [];

    public ChannelQueue? Find(string name) => queues.FirstOrDefault(queue => queue.Name == name);

    /// <summary>Puts a message in front of its channel, whatever else there is of its group.</summary>
    public QueuedMessage Put(ChannelQueue queue, OutboxMessage row)
    {
        var message = new QueuedMessage(row, ++_order)
        {
            ExpiresAt = clock.FromUtc(row.ExpiresAt) ?? TimeSpan.MaxValue,
            NotBefore = clock.FromUtc(row.NotBefore) ?? TimeSpan.MinValue,
        };
        queue.Messages.Add(message);
        ToldGroup told = queue.Group(message.Group);
        told.Highest = Math.Max(told.Highest, row.Generation);
        told.LastText = message.TellsState ? told.LastText : row.Notification.Text;
        return message;
    }

    /// <summary>Adds a message, ends what it supersedes, and itself where nobody needs it.</summary>
    public QueuedMessage Add(ChannelQueue queue, OutboxMessage row, OutboxStep step)
    {
        QueuedMessage added = Put(queue, row);
        foreach (QueuedMessage older in queue.Messages.Where(older => older.IsWaiting && queue.Supersedes(added, older)).ToArray())
        {
            End(queue, older, OutboxState.Superseded, step);
        }

        if (queue.IsNews(added))
        {
            step.Put(added);
            step.Added.Add(added);
            MakeRoom(queue, step);
        }
        else
        {
            End(queue, added, OutboxState.Superseded, step);
        }

        return added;
    }

    public void End(ChannelQueue queue, QueuedMessage message, OutboxState state, OutboxStep step, string? error = null, DateTimeOffset? at = null)
    {
        message.Row = message.Row with { State = state, EndedAt = at ?? clock.UtcNow, NotBefore = null, LeaseUntil = null, LastError = error ?? message.Row.LastError };
        queue.Messages.Remove(message);
        step.Changed.Remove(message);
        Report(message.Row, step);
        metrics.Ended(queue.Name, state);
    }

    public static void Report(OutboxMessage ended, OutboxStep step)
    {
        step.Changes.Put(OutboxMessage.Table, ended);
        step.Ended.Add(ended);
    }

    /// <summary>Lets everybody have what a step has changed, now that it is saved.</summary>
    /// <param name="step">The step.</param>
    /// <param name="again">Takes what another step has ended meanwhile: that may have been saved first, and be overwritten now.</param>
    public void Publish(OutboxStep step, StateChanges again)
    {
        foreach (QueuedMessage message in step.Changed.Where(changed => changed.Row.EndedAt is not null))
        {
            again.Put(OutboxMessage.Table, message.Row);
        }

        step.Changed.Clear();
        step.Added.ForEach(message => message.IsReleased = true);
        step.Added.Clear();
        step.Ended.ForEach(Ended.Enqueue);
        step.Ended.Clear();
        while (Ended.Count > MostEnded)
        {
            Ended.Dequeue();
        }
    }

    /// <summary>Takes note that an attempt may have arrived all the same: the next is marked, and the end must be told.</summary>
    public static void MayHaveArrived(ChannelQueue queue, QueuedMessage message)
    {
        message.Row = message.Row with { Notification = message.Row.Notification with { IsPossibleDuplicate = true } };
        if (message.IsFiring)
        {
            queue.Group(message.Group).IsTold = true;
        }
    }

    private void MakeRoom(ChannelQueue queue, OutboxStep step)
    {
        if (queue.Messages.Count <= settings.MostWaiting)
        {
            return;
        }

        QueuedMessage? least = queue.Messages
            .Where(message => message.IsWaiting && message.Kind != NotificationKind.Resolved)
            .MinBy(message => (message.Row.Notification.Severity, message.Order));
        if (least is not null)
        {
            End(queue, least, OutboxState.Dead, step, "too many messages waited");
        }
    }
}
