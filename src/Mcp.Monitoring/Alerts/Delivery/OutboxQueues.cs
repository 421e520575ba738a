using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerts.Storage;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Redaction;

namespace Mcp.Monitoring.Alerts.Delivery;

/// <summary>
/// The queues of all channels, and what one says about another: what supersedes what, who stands in for whom. Any thread, under one lock; nothing here waits or does
/// I/O. Whoever calls saves the changes.
/// </summary>
internal sealed class OutboxQueues
{
    private const int LongestError = 500;

    private readonly Lock _gate = new();
    private readonly OutboxSettings _settings;
    private readonly AlertClock _clock;
    private readonly DeliveryMetrics _metrics;
    private readonly ChannelQueue[] _queues;
    private readonly Queue<OutboxMessage> _ended = [];
    private readonly List<QueuedMessage> _unreleased = [];
    private long _order;

    public OutboxQueues(IEnumerable<IAlertChannel> channels, OutboxSettings settings, AlertClock clock, DeliveryMetrics metrics, InternalErrors errors)
    {
        _settings = settings;
        _clock = clock;
        _metrics = metrics;
        _queues = [.. channels.Select(channel => new ChannelQueue(channel, settings, errors))];
        foreach (ChannelQueue queue in _queues)
        {
            metrics.Add(queue.Name, () => Status(queue));
        }
    }

    public IReadOnlyList<ChannelQueue> All => _queues;

    public IReadOnlyList<ChannelStatus> Statuses
    {
        get
        {
            lock (_gate)
            {
                return [.. _queues.Select(queue => queue.Status())];
            }
        }
    }

    /// <summary>Takes over what a former run left.</summary>
    public void Restore(StoredRows rows, StoreChanges changes)
    {
        lock (_gate)
        {
            OutboxMessage[] messages = [.. rows.Of<OutboxMessage>().OrderBy(message => message.Created).ThenBy(message => message.Generation).ThenBy(message => message.Id, StringComparer.Ordinal)];
            foreach (OutboxMessage message in messages)
            {
                if (message.EndedAt is null)
                {
                    RestoreWaiting(message, changes);
                }
                else
                {
                    Remember(message);
                }
            }

            RestoreMissed(messages);
        }
    }

    public void Enqueue(OutboxMessage message, StoreChanges changes)
    {
        lock (_gate)
        {
            if (Find(message.Channel) is { } queue)
            {
                if (!queue.Messages.Exists(queued => queued.Row.Id == message.Id))
                {
                    Add(queue, message, changes);
                }

                return;
            }

            EndWithoutChannel(message, changes);
        }
    }

    /// <summary>Lets the workers have what was enqueued.</summary>
    public void Release()
    {
        lock (_gate)
        {
            Release(_unreleased);
            _unreleased.Clear();
        }
    }

    public void Release(List<QueuedMessage> messages)
    {
        lock (_gate)
        {
            foreach (QueuedMessage message in messages)
            {
                message.IsReleased = true;
            }
        }
    }

    public bool TryTakeEnded([MaybeNullWhen(false)] out OutboxMessage ended)
    {
        lock (_gate)
        {
            return _ended.TryDequeue(out ended);
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
            queue.Health.Checked(_clock.Now, Cut(result));
        }
    }

    /// <summary>Ends what has expired, and has others stand in for a channel that is down.</summary>
    /// <returns>What other channels have got.</returns>
    public List<QueuedMessage> Tidy(ChannelQueue queue, StoreChanges changes)
    {
        lock (_gate)
        {
            List<QueuedMessage> added = [];
            TimeSpan now = _clock.Now;
            bool isHandedOver = queue.Health.StandIn <= now;
            foreach (QueuedMessage message in queue.Messages.Where(message => message.IsReleased && message.Row.State == OutboxState.Pending).ToArray())
            {
                if (message.ExpiresAt <= now)
                {
                    Die(queue, message, message.Row.LastError ?? "it was not delivered in time", changes, added);
                }
                else if (isHandedOver)
                {
                    HandOver(queue, message, changes, added);
                }
            }

            return added;
        }
    }

    /// <summary>Claims the next message that may be sent now.</summary>
    /// <param name="queue">The channel's queue.</param>
    /// <param name="changes">Takes the claim, and what turned out not to be worth sending.</param>
    /// <param name="added">Takes what other channels have got.</param>
    /// <param name="wait">How long there is nothing to do.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public QueuedMessage? Claim(ChannelQueue queue, StoreChanges changes, List<QueuedMessage> added, out TimeSpan wait)
    {
        lock (_gate)
        {
            TimeSpan now = _clock.Now;
            TimeSpan allowed = Later(queue.Health.NextSend, now + queue.Limit.Wait(now));
            if (!queue.Missed.IsEmpty && queue.Health.NextSend != TimeSpan.MaxValue)
            {
                if (allowed <= now)
                {
                    wait = TimeSpan.Zero;
                    return ClaimDigest(queue, now, changes);
                }
            }
            else if (allowed <= now && NextDue(queue, now, changes, added) is { } due)
            {
                wait = TimeSpan.Zero;
                return Claim(queue, due, now, changes);
            }

            wait = Wait(queue, now, allowed);
            return null;
        }
    }

    /// <summary>Takes note of what became of a claimed message.</summary>
    /// <returns>What other channels have got.</returns>
    public List<QueuedMessage> Apply(ChannelQueue queue, QueuedMessage message, Attempted attempt, StoreChanges changes)
    {
        lock (_gate)
        {
            List<QueuedMessage> added = [];
            TimeSpan now = _clock.Now;
            DeliveryResult result = Cut(attempt.Result);
            if (result.Status == DeliveryStatus.Delivered)
            {
                queue.Health.Succeeded(_clock.UtcNow);
                _metrics.Sent(queue.Name, _clock.UtcNow);
                Delivered(queue, message, result, changes);
                return added;
            }

            queue.Health.Failed(now, result, attempt.HasHung);
            _metrics.Failed(queue.Name);
            if (message.Row.Notification.Group == MissedMessages.GroupOf(queue.Name))
            {
                // It is made anew for the next probe, of what will have been missed by then.
                queue.Missed.IsPossibleDuplicate |= result.Status == DeliveryStatus.Unknown;
                End(queue, message, OutboxState.Superseded, changes, result.Error);
                return added;
            }

            if (result.Status == DeliveryStatus.Unknown)
            {
                message.UnknownAttempts++;
                MayHaveArrived(queue, message);
            }

            if (result.Status == DeliveryStatus.Permanent || message.UnknownAttempts >= _settings.UnknownAttempts)
            {
                Die(queue, message, result.Error ?? "", changes, added);
                return added;
            }

            message.NotBefore = now + (queue.Health.RetryAfter(result) ?? _settings.Backoff(message.Row.Attempts));
            message.Row = message.Row with { State = OutboxState.Pending, LeaseUntil = null, NotBefore = _clock.ToUtc(message.NotBefore), LastError = result.Error };
            if (queue.Messages.Exists(newer => Supersedes(queue, newer, message)))
            {
                End(queue, message, OutboxState.Superseded, changes, result.Error);
            }
            else
            {
                changes.Put(message.Row);
            }

            return added;
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

    private ChannelStatus Status(ChannelQueue queue)
    {
        lock (_gate)
        {
            return queue.Status();
        }
    }

    private ChannelQueue? Find(string name) => Array.Find(_queues, queue => queue.Name == name);

    private QueuedMessage Add(ChannelQueue queue, OutboxMessage message, StoreChanges changes)
    {
        var added = new QueuedMessage(message, ++_order)
        {
            ExpiresAt = _clock.FromUtc(message.ExpiresAt ?? (message.Created + _settings.Expiry)),
            NotBefore = _clock.FromUtc(message.NotBefore) ?? TimeSpan.MinValue,
        };
        queue.Messages.Add(added);
        foreach (QueuedMessage older in queue.Messages.Where(older => older.Row.State == OutboxState.Pending && Supersedes(queue, added, older)).ToArray())
        {
            End(queue, older, OutboxState.Superseded, changes);
        }

        ToldGroup told = queue.Group(added.Group);
        told.Highest = Math.Max(told.Highest, message.Generation);
        told.LastText = added.TellsState ? told.LastText : message.Notification.Text;
        if (IsNews(queue, added))
        {
            changes.Put(message);
            _unreleased.Add(added);
            MakeRoom(queue, changes);
        }
        else
        {
            End(queue, added, OutboxState.Superseded, changes);
        }

        return added;
    }

    // A resolve is worth sending if somebody was told, or may be at this moment.
    private static bool IsNews(ChannelQueue queue, QueuedMessage message) => message.Kind != NotificationKind.Resolved
        || queue.IsTold(message) || queue.IsBehind(message) || queue.Group(message.Group).StandIns.Count > 0;

    // What a channel was told to go on must be told to be over, whatever comes after.
    private static bool Supersedes(ChannelQueue queue, QueuedMessage newer, QueuedMessage older) => newer.Group == older.Group
        && newer.Row.Generation > older.Row.Generation && newer.TellsState && older.TellsState
        && !(older.Kind == NotificationKind.Resolved && (queue.IsTold(older) || queue.Group(older.Group).StandIns.Count > 0));

    private void MakeRoom(ChannelQueue queue, StoreChanges changes)
    {
        if (queue.Messages.Count > _settings.MostWaiting
            && queue.Messages.Where(message => message.Row.State == OutboxState.Pending && message.Kind != NotificationKind.Resolved).MinBy(message => (message.Row.Notification.Severity, message.Order)) is { } least)
        {
            End(queue, least, OutboxState.Dead, changes, "too many messages waited");
        }
    }

    private QueuedMessage? NextDue(ChannelQueue queue, TimeSpan now, StoreChanges changes, List<QueuedMessage> added)
    {
        while (true)
        {
            QueuedMessage? next = queue.Messages
                .Where(message => message.IsReleased && message.Row.State == OutboxState.Pending && message.NotBefore <= now && !queue.IsBehind(message))
                .MinBy(message => (-(int)message.Row.Notification.Severity, message.Order));
            if (next is null || next.Kind != NotificationKind.Resolved)
            {
                return next;
            }

            foreach (string standIn in queue.Group(next.Group).TakeStandIns())
            {
                if (Find(standIn) is { } other)
                {
                    StandIn(queue, next, other, changes, added);
                }
            }

            if (queue.IsTold(next))
            {
                return next;
            }

            End(queue, next, OutboxState.Superseded, changes);
        }
    }

    private QueuedMessage Claim(ChannelQueue queue, QueuedMessage message, TimeSpan now, StoreChanges changes)
    {
        queue.Limit.Take(now);
        message.Row = message.Row with
        {
            State = OutboxState.Sending,
            Attempts = message.Row.Attempts + 1,
            NotBefore = null,
            LeaseUntil = _clock.UtcNow + _settings.SendLimit + _settings.LeaseMargin,
        };
        changes.Put(message.Row);
        return message;
    }

    private QueuedMessage ClaimDigest(ChannelQueue queue, TimeSpan now, StoreChanges changes)
    {
        var digest = new QueuedMessage(queue.Missed.Digest(_clock.UtcNow, _settings.TimeZone(), _settings.Expiry), ++_order) { IsReleased = true };
        queue.Messages.Add(digest);
        return Claim(queue, digest, now, changes);
    }

    private void Delivered(ChannelQueue queue, QueuedMessage message, DeliveryResult result, StoreChanges changes)
    {
        ToldGroup told = queue.Group(message.Group);
        if (message.TellsState)
        {
            told.IsTold = message.Kind != NotificationKind.Resolved;
            told.Reference = message.Kind == NotificationKind.Resolved ? null : told.Reference ?? result.Reference;
        }

        message.Row = message.Row with { Reference = result.Reference };
        End(queue, message, OutboxState.Sent, changes);
        if (message.Group != MissedMessages.GroupOf(queue.Name))
        {
            return;
        }

        foreach (string group in message.Row.Covers)
        {
            queue.Group(group).IsTold = true;
        }

        queue.Missed.Clear();
        foreach (QueuedMessage missed in queue.Messages.Where(missed => missed.Row.State == OutboxState.Pending && missed.Row.HandedTo is not null && IsInDigest(queue, missed, message.Row)).ToArray())
        {
            End(queue, missed, OutboxState.Superseded, changes);
        }
    }

    // The end of what the channel itself had been told is told by itself; it was not missed.
    private static bool IsInDigest(ChannelQueue queue, QueuedMessage missed, OutboxMessage digest) => missed.Kind != NotificationKind.Resolved
        || !queue.IsTold(missed) || digest.Covers.Contains(missed.Group, StringComparer.Ordinal);

    private void Die(ChannelQueue queue, QueuedMessage message, string error, StoreChanges changes, List<QueuedMessage> added)
    {
        if (message.Row.InsteadOf is null)
        {
            HandOver(queue, message, changes, added, isDead: true);
        }
        else if (queue.IsRemote && Find(ChannelQueue.Log) is { } log)
        {
            // A stand-in has no stand-in but the last one.
            StandIn(queue, message, log, changes, added);
        }

        if (queue.Messages.Contains(message))
        {
            End(queue, message, OutboxState.Dead, changes, error);
        }
    }

    private void HandOver(ChannelQueue queue, QueuedMessage message, StoreChanges changes, List<QueuedMessage> added, bool isDead = false)
    {
        if (message.Row.HandedTo is not null || message.Row.InsteadOf is not null || !message.IsReleased)
        {
            return;
        }

        bool isResolved = message.Kind == NotificationKind.Resolved;
        ToldGroup told = queue.Group(message.Group);
        bool isTold = queue.IsTold(message);
        if (isResolved && !isTold && told.StandIns.Count == 0)
        {
            if (!queue.IsBehind(message))
            {
                End(queue, message, OutboxState.Superseded, changes);
            }

            return;
        }

        string[] before = isResolved ? told.TakeStandIns() : [];
        ChannelQueue[] others = [.. before.Select(Find).OfType<ChannelQueue>()];
        if (others.Length == 0 && ChooseStandIn(queue) is { } chosen)
        {
            others = [chosen];
        }

        foreach (ChannelQueue other in others)
        {
            StandIn(queue, message, other, changes, added);
            message.Row = message.Row with { HandedTo = other.Name };
            if (message.IsFiring)
            {
                told.AddStandIn(other.Name);
            }
        }

        if (message.Row.HandedTo is { } standIn)
        {
            _metrics.StoodIn(queue.Name);
            changes.Put(message.Row);
            if (!isResolved || !isTold || isDead)
            {
                queue.Missed.Add(message.Row.Notification, standIn, message.Row.Created);
            }
        }
    }

    // Once: a channel that is told of it anyway is not told twice.
    private void StandIn(ChannelQueue queue, QueuedMessage message, ChannelQueue other, StoreChanges changes, List<QueuedMessage> added)
    {
        ToldGroup told = other.Group(message.Group);
        if (message.TellsState ? told.Highest >= message.Row.Generation : told.LastText == message.Row.Notification.Text)
        {
            return;
        }

        string id = Guid.CreateVersion7().ToString("N");
        added.Add(Add(
            other,
            new OutboxMessage
            {
                Id = id,
                Channel = other.Name,
                Notification = message.Row.Notification with { Id = id, ThreadReference = null },
                Generation = message.Row.Generation,
                IsKnownToChannel = queue.IsTold(message),
                Created = _clock.UtcNow,
                ExpiresAt = message.Row.ExpiresAt,
                InsteadOf = message.Row.InsteadOf ?? queue.Name,
            },
            changes));
        _unreleased.Remove(added[^1]);
    }

    private ChannelQueue? ChooseStandIn(ChannelQueue queue)
    {
        if (_settings.FallbackChannel() is { } name && Find(name) is { } named && named != queue && !named.Health.IsDown)
        {
            return named;
        }

        int own = Array.IndexOf(_queues, queue);
        return _queues.Skip(own + 1).Concat(_queues.Take(Math.Max(own, 0))).FirstOrDefault(other => other.IsRemote && !other.Health.IsDown)
            ?? (queue.IsRemote ? Find(ChannelQueue.Log) : null);
    }

    private void EndWithoutChannel(OutboxMessage message, StoreChanges changes)
    {
        OutboxMessage dead = message with { State = OutboxState.Dead, EndedAt = _clock.UtcNow, LastError = "there is no such channel" };
        if (message.Notification.Kind != NotificationKind.Resolved && message.InsteadOf is null
            && (_settings.FallbackChannel() is { } name && Find(name) is { } named ? named : Array.Find(_queues, queue => queue.IsRemote) ?? Find(ChannelQueue.Log)) is { } other
            && other.Group(message.Notification.Group).Highest < message.Generation)
        {
            Add(other, message with { Channel = other.Name, InsteadOf = message.Channel, Id = Guid.CreateVersion7().ToString("N"), State = OutboxState.Pending, LeaseUntil = null }, changes);
            dead = dead with { HandedTo = other.Name };
        }

        changes.Put(dead);
        _ended.Enqueue(dead);
    }

    private void End(ChannelQueue queue, QueuedMessage message, OutboxState state, StoreChanges changes, string? error = null)
    {
        message.Row = message.Row with { State = state, EndedAt = _clock.UtcNow, NotBefore = null, LeaseUntil = null, LastError = error ?? message.Row.LastError };
        queue.Messages.Remove(message);
        _unreleased.Remove(message);
        changes.Put(message.Row);
        _ended.Enqueue(message.Row);
        _metrics.Ended(queue.Name, state);
    }

    private static void MayHaveArrived(ChannelQueue queue, QueuedMessage message)
    {
        message.Row = message.Row with { Notification = message.Row.Notification with { IsPossibleDuplicate = true } };
        if (message.IsFiring)
        {
            queue.Group(message.Group).IsTold = true;
        }
    }

    private void RestoreWaiting(OutboxMessage message, StoreChanges changes)
    {
        if (Find(message.Channel) is not { } queue)
        {
            EndWithoutChannel(message, changes);
            return;
        }

        var restored = new QueuedMessage(message with { State = OutboxState.Pending, LeaseUntil = null }, ++_order)
        {
            IsReleased = true,
            ExpiresAt = _clock.FromUtc(message.ExpiresAt ?? (message.Created + _settings.Expiry)),
            NotBefore = _clock.FromUtc(message.NotBefore) ?? TimeSpan.MinValue,
        };
        queue.Messages.Add(restored);
        ToldGroup told = queue.Group(restored.Group);
        told.Highest = Math.Max(told.Highest, message.Generation);
        bool wasSending = message.State == OutboxState.Sending;
        if (message.Notification.Group == MissedMessages.GroupOf(queue.Name))
        {
            queue.Missed.IsPossibleDuplicate |= wasSending;
            End(queue, restored, OutboxState.Superseded, changes);
        }
        else if (restored.ExpiresAt <= _clock.Now)
        {
            End(queue, restored, OutboxState.Dead, changes, "it was not delivered in time");
        }
        else if (wasSending)
        {
            // The process that held the claim is gone, and nobody knows how far it came.
            MayHaveArrived(queue, restored);
            changes.Put(restored.Row);
        }
    }

    private void Remember(OutboxMessage message)
    {
        if (Find(message.Channel) is not { } queue)
        {
            return;
        }

        var past = new QueuedMessage(message, order: 0);
        ToldGroup told = queue.Group(past.Group);
        told.Highest = Math.Max(told.Highest, message.Generation);
        if (message.State == OutboxState.Sent)
        {
            queue.Health.LastSuccess = message.EndedAt;
            if (past.TellsState)
            {
                told.IsTold = past.IsFiring;
                told.Reference = past.IsFiring ? told.Reference ?? message.Reference : null;
            }

            foreach (string group in message.Covers)
            {
                queue.Group(group).IsTold = true;
            }
        }
        else if (past.IsFiring && message.Notification.IsPossibleDuplicate)
        {
            told.IsTold = true;
        }

        RememberStandIn(queue, past);
    }

    private void RememberStandIn(ChannelQueue queue, QueuedMessage past)
    {
        if (past.Row.HandedTo is { } standIn && past.IsFiring)
        {
            queue.Group(past.Group).AddStandIn(standIn);
        }

        if (past.Row.InsteadOf is { } missing && past.Kind == NotificationKind.Resolved && Find(missing) is { } other)
        {
            other.Group(past.Group).TakeStandIns();
        }
    }

    private void RestoreMissed(OutboxMessage[] messages)
    {
        foreach (ChannelQueue queue in _queues)
        {
            foreach (QueuedMessage waiting in queue.Messages)
            {
                RememberStandIn(queue, waiting);
            }

            foreach (OutboxMessage missed in messages.Where(message => message.Channel == queue.Name && message.HandedTo is not null
                && (message.EndedAt is not { } ended || queue.Health.LastSuccess is not { } success || ended > success)))
            {
                if (missed.Notification.Kind != NotificationKind.Resolved || queue.Group(missed.Notification.Group).IsTold != true)
                {
                    queue.Missed.Add(missed.Notification, missed.HandedTo!, missed.Created);
                }
            }
        }
    }

    private TimeSpan Wait(ChannelQueue queue, TimeSpan now, TimeSpan allowed)
    {
        TimeSpan next = queue.Health.NextCheck;
        if (!queue.Missed.IsEmpty)
        {
            next = Sooner(next, allowed);
        }

        foreach (QueuedMessage message in queue.Messages.Where(message => message.IsReleased))
        {
            next = Sooner(next, message.ExpiresAt);
            if (message.Row.HandedTo is null && message.Row.InsteadOf is null)
            {
                // If nobody could stand in so far, somebody may be able to soon.
                next = Sooner(next, queue.Health.StandIn > now ? queue.Health.StandIn : now + _settings.StandInAfter);
            }

            if (!queue.IsBehind(message))
            {
                next = Sooner(next, Later(allowed, message.NotBefore));
            }
        }

        return next > now ? next - now : TimeSpan.Zero;
    }

    private static DeliveryResult Cut(DeliveryResult result) => result.Error is not { Length: > 0 } error ? result : result.Status switch
    {
        DeliveryStatus.Retry => DeliveryResult.Retry(OneLine(error), result.RetryAfter),
        DeliveryStatus.Permanent => DeliveryResult.Permanent(OneLine(error)),
        DeliveryStatus.Unknown => DeliveryResult.Unknown(OneLine(error)),
        _ => result,
    };

    private static string OneLine(string text) => TextCut.At(string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    }), LongestError);

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
