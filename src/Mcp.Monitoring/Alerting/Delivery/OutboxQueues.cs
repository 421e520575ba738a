using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>The queues of all channels, for any thread, under one lock. Nothing here waits or does I/O: whoever calls saves the changes.</summary>
internal sealed class OutboxQueues
{
    private readonly Lock _gate = new();
    private readonly AlertClock _clock;
    private readonly OutboxLedger _book;
    private readonly FallbackDelivery _standIns;
    private readonly OutboxRestore _restore;
    private readonly OutboxClaims _claims;
    private readonly OutboxOutcomes _outcomes;

    // The engine's: what it enqueues is one step until it says that it is saved.
    private readonly List<OutboxStep> _enqueued = [];

    public OutboxQueues(IEnumerable<IAlertChannel> channels, OutboxSettings settings, AlertClock clock, DeliveryMetrics metrics, InternalErrors errors)
    {
        _clock = clock;
        All = [.. channels.Select(channel => new ChannelQueue(channel, settings, errors))];
        _book = new OutboxLedger(All, settings, clock, metrics);
        _standIns = new FallbackDelivery(_book);
        _restore = new OutboxRestore(_book, _standIns);
        _claims = new OutboxClaims(_book, _standIns);
        _outcomes = new OutboxOutcomes(_book, _standIns);
        foreach (ChannelQueue queue in All)
        {
            metrics.Add(queue.Name, () => Status(queue));
        }
    }

    public IReadOnlyList<ChannelQueue> All { get; }

    public IReadOnlyList<ChannelStatus> Statuses => [.. All.Select(Status)];

    public void Restore(StateRows rows, StateChanges changes)
    {
        lock (_gate)
        {
            _restore.Restore(rows, Enqueuing(changes));
        }
    }

    public void Enqueue(OutboxMessage message, StateChanges changes)
    {
        lock (_gate)
        {
            if (_book.Find(message.Channel) is not { } queue)
            {
                _standIns.EndWithoutChannel(message, Enqueuing(changes));
            }
            else if (!queue.Messages.Exists(queued => queued.Row.Id == message.Id))
            {
                _book.Add(queue, message, Enqueuing(changes));
            }
        }
    }

    /// <summary>Lets the workers have what was enqueued.</summary>
    /// <returns>What must be saved once more.</returns>
    public StateChanges Release()
    {
        var again = new StateChanges();
        lock (_gate)
        {
            _enqueued.ForEach(step => _book.Publish(step, again));
            _enqueued.Clear();
        }

        return again;
    }

    /// <summary>Lets everybody have what a worker's step has changed, now that it is saved.</summary>
    /// <returns>What must be saved once more.</returns>
    public StateChanges Publish(OutboxStep step)
    {
        var again = new StateChanges();
        lock (_gate)
        {
            _book.Publish(step, again);
        }

        return again;
    }

    public bool TryTakeEnded([MaybeNullWhen(false)] out OutboxMessage ended)
    {
        lock (_gate)
        {
            return _book.Ended.TryDequeue(out ended);
        }
    }

    public bool IsCheckDue(ChannelQueue queue)
    {
        lock (_gate)
        {
            return queue.Health.NextCheck <= _clock.Now;
        }
    }

    public void Checked(ChannelQueue queue, DeliveryResult result)
    {
        lock (_gate)
        {
            queue.Health.Checked(_clock.Now, OutboxOutcomes.Short(result));
            if (queue.Messages.Count == 0 && queue.Missed.IsEmpty)
            {
                queue.Health.NothingWaits(_clock.Now);
            }
        }
    }

    /// <summary>Ends what has expired, and has others stand in for a channel that is down.</summary>
    public void Tidy(ChannelQueue queue, OutboxStep step)
    {
        lock (_gate)
        {
            TimeSpan now = _clock.Now;
            bool isHandedOver = queue.Health.StandIn <= now;
            foreach (QueuedMessage message in queue.Messages.Where(message => message.IsReleased && message.IsWaiting).ToArray())
            {
                if (message.ExpiresAt <= now)
                {
                    _standIns.Die(queue, message, message.Row.LastError ?? "it was not delivered in time", step);
                }
                else if (isHandedOver)
                {
                    _standIns.HandOver(queue, message, step);
                }
            }
        }
    }

    /// <summary>Claims the next message that may be sent now.</summary>
    /// <param name="queue">The channel's queue.</param>
    /// <param name="step">Takes the claim, and what turned out not to be worth sending.</param>
    /// <param name="wait">How long there is nothing to do, if there is none.</param>
    public QueuedMessage? Claim(ChannelQueue queue, OutboxStep step, out TimeSpan wait)
    {
        lock (_gate)
        {
            return _claims.Claim(queue, step, out wait);
        }
    }

    /// <summary>Takes note of what became of a claimed message.</summary>
    public void Apply(ChannelQueue queue, QueuedMessage message, Attempted attempt, OutboxStep step)
    {
        lock (_gate)
        {
            _outcomes.Apply(queue, message, attempt, step);
        }
    }

    /// <summary>Gets what a channel is to be told with a message.</summary>
    public AlertNotification Notification(ChannelQueue queue, QueuedMessage message)
    {
        lock (_gate)
        {
            return MarkedNotification.Of(message.Row, queue.Group(message.Group).Reference);
        }
    }

    private OutboxStep Enqueuing(StateChanges changes)
    {
        if (_enqueued.Find(step => ReferenceEquals(step.Changes, changes)) is not { } step)
        {
            _enqueued.Add(step = new OutboxStep(changes));
        }

        return step;
    }

    private ChannelStatus Status(ChannelQueue queue)
    {
        lock (_gate)
        {
            return queue.Status();
        }
    }
}
