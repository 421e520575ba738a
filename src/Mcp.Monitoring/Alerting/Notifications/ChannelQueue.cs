using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>One channel: what waits for it, how it is, and the call that it is in. It belongs to the engine's thread.</summary>
internal sealed class ChannelQueue
{
    public const string Log = "log";

    private static readonly TimeSpan ShortestCall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    private readonly List<ChannelCall> _hanging = [];

    private readonly Action<Exception> _report;
    private (TimeSpan Interval, int Burst) _pace = (TimeSpan.FromSeconds(1), 5);

    public ChannelQueue(IAlertChannel channel, DeliverySettings settings, Action<Exception> report)
    {
        _report = report;
        Channel = channel;
        Health = new ChannelHealth(settings);
        Name = channel.Name;
        Rate = new TokenBucket(_pace.Interval, _pace.Burst);
        ReadChannel();
    }

    public IAlertChannel Channel { get; }

    public string Name { get; }

    public AlertSeverity MinimumSeverity { get; private set; } = AlertSeverity.Medium;

    public TimeSpan SendLimit { get; private set; } = TimeSpan.FromSeconds(10);

    public bool IsRemote => Name != Log;

    public ChannelHealth Health { get; }

    public TokenBucket Rate { get; private set; }

    /// <summary>Gets or sets the call that it is in, or is about to be; one at a time.</summary>
    public ChannelCall? Call { get; set; }

    /// <summary>Gets the test messages that wait.</summary>
    public Queue<ChannelTest> Tests { get; } = [];

    /// <summary>Gets what waits or is being sent, the oldest first.</summary>
    public List<QueuedNotification> Messages { get; } = [];

    /// <summary>Gets the entries of the log that say what it missed.</summary>
    public List<NotificationLogEntry> Missed { get; } = [];

    /// <summary>Gets or sets the last message for it that tells the state of no group.</summary>
    public string? LastText { get; set; }

    /// <summary>Gets or sets whether a message about what it missed may have arrived, before it was known to.</summary>
    public bool IsDigestPossibleDuplicate { get; set; }

    /// <summary>Gets or sets whether the receiver refused to be told what it missed: it may be for what the messages say, which is left out from then on.</summary>
    public bool IsDigestRefused { get; set; }

    /// <summary>Gets the group of the messages that tell it what it missed.</summary>
    public string DigestGroup => $"missed/{Name}";

    /// <summary>Asks the channel what it says of itself: at the start, and when the settings have changed.</summary>
    public void ReadChannel()
    {
        try
        {
            MinimumSeverity = Channel.MinimumSeverity;
            SendLimit = Channel.SendLimit < ShortestCall ? ShortestCall : Channel.SendLimit > LongestCall ? LongestCall : Channel.SendLimit;
            (TimeSpan Interval, int Burst) pace = (Channel.Interval > TimeSpan.Zero ? Channel.Interval : TimeSpan.Zero, Math.Max(1, Channel.Burst));
            if (pace != _pace)
            {
                _pace = pace;
                Rate = new TokenBucket(pace.Interval, pace.Burst);
            }
        }
        catch (Exception fault)
        {
            _report(fault);
        }
    }

    /// <summary>Finds out whether a message must wait for an earlier one of its group.</summary>
    public bool IsBehind(QueuedNotification message) => Messages.Exists(other => other.Order < message.Order && other.Group == message.Group);

    /// <summary>Lists the messages that wait for no other: the first of each group.</summary>
    public IEnumerable<QueuedNotification> Heads() => Messages.DistinctBy(message => message.Group, StringComparer.Ordinal);

    /// <summary>Leaves a call to itself that does not stop.</summary>
    public void LeaveHanging(ChannelCall call) => _hanging.Add(call);

    /// <summary>Finds out whether so many calls hang that there is no thread for another.</summary>
    public bool HangsTooOften(int most)
    {
        _hanging.RemoveAll(call => call.IsDone);
        return _hanging.Count >= most;
    }

    public ChannelStatus Status(AlertClock clock) => Status(clock, [.. Messages.Where(static message => !message.IsToldToSome)]);

    // What somebody has keeps no channel waiting.
    private ChannelStatus Status(AlertClock clock, QueuedNotification[] untold) => new()
    {
        Name = Name,
        MinimumSeverity = MinimumSeverity,
        IsRemote = IsRemote,
        IsDown = Health.IsDown,
        DownSince = clock.ToUtc(Health.DownSince),
        IsCheckFailed = Health.IsCheckFailed,
        LastError = Health.LastError,
        Failures = Health.FailedMessages,
        Waiting = untold.Length,
        OldestWaiting = untold.Length > 0 ? untold.Min(message => message.Created) : null,
        LastSuccess = Health.LastSuccess,
    };
}
