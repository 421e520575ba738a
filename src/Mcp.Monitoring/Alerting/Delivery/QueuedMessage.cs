namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>A message in the queue of its channel, with its times on the clock of this process.</summary>
internal sealed class QueuedMessage(OutboxMessage row, long order)
{
    public OutboxMessage Row { get; set; } = row;

    /// <summary>Gets the place in the queue.</summary>
    public long Order => order;

    /// <summary>Gets or sets whether it is saved, so that it may be sent.</summary>
    public bool IsReleased { get; set; }

    public bool IsWaiting => Row.State == OutboxState.Pending;

    public TimeSpan NotBefore { get; set; } = TimeSpan.MinValue;

    public TimeSpan ExpiresAt { get; set; } = TimeSpan.MaxValue;

    public int UnknownAttempts { get; set; }

    public string Group => Row.Notification.Group;

    public NotificationKind Kind => Row.Notification.Kind;

    /// <summary>Gets whether it tells how the channel's own group is, and not what cannot be said by another message.</summary>
    public bool TellsState => Kind is not (NotificationKind.Digest or NotificationKind.Announcement);

    public bool IsFiring => TellsState && Kind != NotificationKind.Resolved;
}
