using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>A notification on its way to one channel. Instants are of the engine's clock.</summary>
internal sealed class QueuedNotification
{
    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required AlertNotification Notification { get; set; }

    /// <summary>Gets the state of the group that it tells of; a higher one of the same group and channel says more.</summary>
    public required long Generation { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public TimeSpan? NotBefore { get; set; }

    /// <summary>Gets after which time it is not worth sending; <see langword="null"/> for never.</summary>
    public TimeSpan? ExpiresAt { get; set; }

    public string? LastError { get; set; }

    public string? Reference { get; set; }

    /// <summary>Gets what the channel said of an attempt that got through to some, and not to everybody.</summary>
    public string? Progress { get; set; }

    /// <summary>Gets the channel that it was meant for, if this one stands in.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>Gets or sets the channel that told of it in place of this one, which was down.</summary>
    public string? HandedTo { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Gets or sets the place in the queue.</summary>
    [JsonIgnore]
    public long Order { get; set; }

    [JsonIgnore]
    public int UnknownAttempts { get; set; }

    [JsonIgnore]
    public bool IsWaiting => State == DeliveryState.Pending;

    /// <summary>Gets whether somebody has it, and only the others are still to be told.</summary>
    [JsonIgnore]
    public bool IsToldToSome => Progress is not null;

    [JsonIgnore]
    public string Group => Notification.Group;

    [JsonIgnore]
    public NotificationKind Kind => Notification.Kind;

    /// <summary>Gets whether it tells how the channel's own group is, and not what cannot be said by another message.</summary>
    [JsonIgnore]
    public bool TellsState => Kind is not (NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Report);

    [JsonIgnore]
    public bool IsFiring => TellsState && Kind != NotificationKind.Resolved;

    /// <summary>Makes what the channel is given: with what only the queue knows of it.</summary>
    /// <param name="reference">What the channel answered to the first message of the group.</param>
    /// <param name="isPoolStarved">Whether the thread pool runs nothing.</param>
    /// <param name="texts">The language of messages.</param>
    public AlertNotification ToSend(string? reference, bool isPoolStarved, AlertTexts texts)
    {
        string text = Notification.Text;
        List<string> facts = [.. Notification.Facts];
        if (InsteadOf is { } missing)
        {
            text += $" {texts.Say("message.instead_of", missing)}";
            facts.Add(texts.Say("fact.instead_of", missing));
        }

        if (Notification.IsPossibleDuplicate)
        {
            text += $" {texts["message.duplicate"]}";
            facts.Add(texts["fact.duplicate"]);
        }

        return Notification with
        {
            Text = text,
            Facts = facts,
            ThreadReference = Notification.ThreadReference ?? reference,
            Progress = Progress,
            IsThreadPoolStarved = isPoolStarved,
        };
    }
}
