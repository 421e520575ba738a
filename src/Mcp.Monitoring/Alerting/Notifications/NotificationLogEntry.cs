using System.Text.Json.Serialization;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What one channel knows of one group, and what it is being told: the message that says so waits in its queue. Times are instants of the engine's clock.</summary>
internal sealed class NotificationLogEntry
{
    public required string Group { get; init; }

    public required string Channel { get; init; }

    /// <summary>Gets or sets the generation of the last message; a higher one says more.</summary>
    public long Generation { get; set; }

    /// <summary>Gets the alerts that it knows to fire, by their fingerprint, with the value that it was told; not those that it was told the end of.</summary>
    public Dictionary<ulong, double> Firing { get; set; } = [];

    [JsonIgnore]
    public bool IsTold => Firing.Count > 0;

    /// <summary>Gets or sets the highest severity that it was told.</summary>
    public AlertSeverity Severity { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>Gets or sets when it was first told of the present trouble, and when that began.</summary>
    public TimeSpan FirstSentAt { get; set; }

    public TimeSpan StartedAt { get; set; }

    /// <summary>Gets or sets whether it was told that what it was told of had stopped by then.</summary>
    public bool IsStopTold { get; set; }

    /// <summary>Gets or sets whether it was told that the trouble is no longer critical.</summary>
    public bool IsFallTold { get; set; }

    /// <summary>Gets or sets whether something of it was only counted, in a digest of the rate limit.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Gets or sets whether a send has succeeded, or may have, that told it of the present trouble; false again when its end has arrived.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Gets or sets what the channel answered to the first message, such as the id of a thread.</summary>
    public string? Reference { get; set; }

    /// <summary>Gets the channels that were told in place of this one, and not yet the end.</summary>
    public List<string> ToldBy { get; set; } = [];

    /// <summary>Gets or sets what it could not be told while it was down, and is told in one message when it works again.</summary>
    public MissedNotification? Missed { get; set; }

    /// <summary>Gets or sets how many messages of it are on their way.</summary>
    [JsonIgnore]
    public int Waiting { get; set; }

    /// <summary>Gets whether people know of it by this channel: an end is worth telling.</summary>
    [JsonIgnore]
    public bool IsKnown => IsDelivered || IsCounted;

    /// <summary>Gets whether there is nothing left to remember.</summary>
    [JsonIgnore]
    public bool IsOver => !IsTold && !IsKnown && Waiting == 0 && Missed is null && ToldBy.Count == 0;

    /// <summary>Forgets what it was told to go on: it is being told the end. What has arrived counts until the end has.</summary>
    public void Close()
    {
        Firing.Clear();
        IsStopTold = false;
        IsFallTold = false;
        Severity = AlertSeverity.Low;
    }

    /// <summary>Takes note that it has been told the end, or will not be. What has begun since goes on.</summary>
    public void Ended()
    {
        IsDelivered = false;
        Reference = null;
        IsCounted &= IsTold;
    }

    /// <summary>Takes note that its channel is there no more: nothing is told there, not even an end.</summary>
    public void Forget()
    {
        Close();
        Ended();
        IsCounted = false;
        ToldBy.Clear();
        Missed = null;
    }

    /// <summary>Takes over what another channel knew of the group: this one told it in its place, and is to tell how it goes on.</summary>
    public void Inherit(NotificationLogEntry other)
    {
        if (!IsTold)
        {
            (FirstSentAt, StartedAt, SentAt) = (other.FirstSentAt, other.StartedAt, other.SentAt);
        }

        Severity = other.Severity > Severity ? other.Severity : Severity;
        foreach ((ulong alert, double value) in other.Firing)
        {
            Firing.TryAdd(alert, value);
        }
    }
}

/// <summary>What a channel missed of one group: the newest of its messages.</summary>
/// <param name="Notification">The message, without its alerts.</param>
/// <param name="Count">How many messages it missed.</param>
/// <param name="Since">When the first of them was made.</param>
/// <param name="By">Who was told instead.</param>
internal sealed record MissedNotification(AlertNotification Notification, int Count, DateTimeOffset Since, IReadOnlyList<string> By)
{
    /// <summary>Gets whether what it tells of goes on.</summary>
    [JsonIgnore]
    public bool GoesOn => Notification is { Kind: not (NotificationKind.Resolved or NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Report), EndedAt: null };
}
