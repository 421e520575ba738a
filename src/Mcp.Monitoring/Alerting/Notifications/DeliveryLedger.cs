using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Every message on its way, in the queue of its channel, and what may stand beside what; each change is put to be saved. It belongs to the engine's thread.</summary>
internal sealed class DeliveryLedger(IReadOnlyList<ChannelQueue> queues, NotificationLog log, DeliverySettings settings, AlertClock clock, DeliveryMetrics metrics)
{
    private readonly StateTable<QueuedNotification> _table = NotificationTables.Queue(clock);
    private long _order;

    public StateTable<QueuedNotification> Table => _table;

    public IReadOnlyList<ChannelQueue> Queues => queues;

    /// <summary>Gets how many messages were added.</summary>
    public int Added { get; private set; }

    public ChannelQueue? Find(string name) => queues.FirstOrDefault(queue => queue.Name == name);

    /// <summary>Adds a message, ends what it supersedes, and itself where nobody needs it.</summary>
    public void Add(ChannelQueue queue, QueuedNotification added, StateChanges changes)
    {
        changes.Put(_table, added);
        NotificationLogEntry entry = Put(queue, added);
        foreach (QueuedNotification older in queue.Messages.Where(older => older.IsWaiting && Supersedes(entry, added, older)).ToArray())
        {
            End(queue, older, DeliveryState.Superseded, changes);
        }

        if (IsNews(queue, entry, added))
        {
            Added++;
            MakeRoom(queue, changes);
        }
        else
        {
            End(queue, added, DeliveryState.Superseded, changes);
        }
    }

    public void Changed(QueuedNotification message, StateChanges changes) => changes.Put(_table, message);

    public void End(ChannelQueue queue, QueuedNotification message, DeliveryState state, StateChanges changes, string? error = null)
    {
        // Who could not be told of it in the end keeps nobody from having been told.
        state = message.IsToldToSome ? DeliveryState.Sent : state;
        NotificationLogEntry entry = log.Of(message.Group, queue.Name);
        entry.Waiting--;
        queue.Messages.Remove(message);
        if (message.Kind == NotificationKind.Resolved && state is DeliveryState.Sent or DeliveryState.Dead)
        {
            entry.Ended();
        }

        log.Changed(entry);
        EndRow(message, state, error, changes);
        metrics.Ended(queue.Name, state);
    }

    public void EndRow(QueuedNotification message, DeliveryState state, string? error, StateChanges changes)
    {
        message.State = state;
        message.EndedAt = clock.UtcNow;
        message.NotBefore = null;
        message.LastError = error ?? message.LastError;
        changes.Put(_table, message);
    }

    public QueuedNotification Copy(QueuedNotification message, string insteadOf, ChannelQueue other)
    {
        string id = Guid.CreateVersion7().ToString("N");
        return new QueuedNotification
        {
            Id = id,
            Channel = other.Name,
            Notification = message.Notification with { Id = id, ThreadReference = null, IsPossibleDuplicate = false },
            Generation = message.Generation,
            Created = clock.UtcNow,
            ExpiresAt = message.ExpiresAt,
            InsteadOf = insteadOf,
        };
    }

    /// <summary>Puts a message into the queue of its channel, whatever else there is of its group.</summary>
    public NotificationLogEntry Put(ChannelQueue queue, QueuedNotification message)
    {
        message.Order = ++_order;
        queue.Messages.Add(message);
        queue.LastText = message.TellsState ? queue.LastText : message.Notification.Text;
        NotificationLogEntry entry = log.Of(message.Group, queue.Name);
        entry.Waiting++;
        entry.Generation = Math.Max(entry.Generation, message.Generation);
        log.Changed(entry);
        return entry;
    }

    // A message that says all that an older one does. What a channel was told to go on must be told to be over, whatever comes after.
    public static bool Supersedes(NotificationLogEntry entry, QueuedNotification newer, QueuedNotification older) =>
        newer.Group == older.Group && newer.Generation > older.Generation && newer.TellsState && older.TellsState
        && !(older is { Kind: NotificationKind.Resolved, IsToldToSome: false } && (entry.IsKnown || entry.ToldBy.Count > 0));

    // A resolve is worth sending if somebody was told, or may be at this moment.
    private static bool IsNews(ChannelQueue queue, NotificationLogEntry entry, QueuedNotification message) =>
        message.Kind != NotificationKind.Resolved || entry.IsKnown || entry.ToldBy.Count > 0 || queue.IsBehind(message);

    private void MakeRoom(ChannelQueue queue, StateChanges changes)
    {
        if (queue.Messages.Count > settings.MostWaiting
            && queue.Messages.Where(message => message.IsWaiting && (message.IsToldToSome || message.Kind != NotificationKind.Resolved))
                .MinBy(message => (!message.IsToldToSome, message.Notification.Severity, message.Order)) is { } least)
        {
            End(queue, least, DeliveryState.Dead, changes, "too many messages waited");
        }
    }

    /// <summary>Takes note that an attempt may have arrived all the same: the next is marked, and the end must be told.</summary>
    public void MayHaveArrived(NotificationLogEntry entry, QueuedNotification message)
    {
        message.Notification = message.Notification with { IsPossibleDuplicate = true };
        if (message.IsFiring)
        {
            entry.IsDelivered = true;
            log.Changed(entry);
        }
    }
}
