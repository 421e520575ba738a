using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>One channel: what waits for it, how it is, what it knows. Under the lock of <see cref="OutboxQueues"/>.</summary>
internal sealed class ChannelQueue
{
    public const string Log = "log";

    private const int MostGroups = 2_000;

    private readonly Dictionary<string, ToldGroup> _groups = new(StringComparer.Ordinal);

    public ChannelQueue(IAlertChannel channel, OutboxSettings settings, InternalErrors errors)
    {
        Channel = channel;
        Health = new ChannelHealth(settings);
        TimeSpan interval = TimeSpan.FromSeconds(1);
        int burst = 5;
        Name = channel.Name;
        try
        {
            MinimumSeverity = channel.MinimumSeverity;
            interval = channel.Interval > TimeSpan.Zero ? channel.Interval : TimeSpan.Zero;
            burst = Math.Max(1, channel.Burst);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Alerting, fault);
        }

        Limit = new RateLimit(interval, burst);
        Missed = new MissedMessages(Name);
    }

    public IAlertChannel Channel { get; }

    public string Name { get; }

    public AlertSeverity MinimumSeverity { get; } = AlertSeverity.Medium;

    public bool IsRemote => Name != Log;

    public ChannelHealth Health { get; }

    public RateLimit Limit { get; }

    public MissedMessages Missed { get; }

    /// <summary>Gets what waits or is being sent, the oldest first.</summary>
    public List<QueuedMessage> Messages { get; } = [];

    /// <summary>Gets what the channel knows of a group.</summary>
    public ToldGroup Group(string group)
    {
        if (!_groups.TryGetValue(group, out ToldGroup? told))
        {
            if (_groups.Count >= MostGroups)
            {
                ForgetOver();
            }

            _groups.Add(group, told = new ToldGroup());
        }

        return told;
    }

    /// <summary>Finds out whether the channel was told that the group of a message fires, as far as anybody knows.</summary>
    public bool IsTold(QueuedMessage message) => Group(message.Group).IsTold ?? message.Row.IsKnownToChannel;

    /// <summary>Finds out whether a message must wait for an earlier one of its group.</summary>
    public bool IsBehind(QueuedMessage message) => Messages.Exists(other => other.Order < message.Order && other.Group == message.Group);

    /// <summary>Finds out whether a message says all that an older one does. What a channel was told to go on must be told to be over, whatever comes after.</summary>
    public bool Supersedes(QueuedMessage newer, QueuedMessage older) => newer.Group == older.Group && newer.Row.Generation > older.Row.Generation
        && newer.TellsState && older.TellsState
        && !(older.Kind == NotificationKind.Resolved && (IsTold(older) || Group(older.Group).FallbackDelivery.Count > 0));

    /// <summary>Finds out whether a message is worth sending: a resolve is if somebody was told, or may be at this moment.</summary>
    public bool IsNews(QueuedMessage message) => message.Kind != NotificationKind.Resolved
        || IsTold(message) || IsBehind(message) || Group(message.Group).FallbackDelivery.Count > 0;

    /// <summary>Finds out whether a message is the one about what the channel missed.</summary>
    public bool IsOfMissed(QueuedMessage message) => message.Group == MissedMessages.GroupOf(Name);

    /// <summary>Takes note that the channel was told.</summary>
    public void Told(QueuedMessage message, string? reference)
    {
        if (message.TellsState)
        {
            ToldGroup told = Group(message.Group);
            told.IsTold = message.IsFiring;
            told.Reference = message.IsFiring ? told.Reference ?? reference : null;
        }

        foreach (string covered in message.Row.Covers)
        {
            Group(covered).IsTold = true;
        }
    }

    public ChannelStatus Status() => new()
    {
        Name = Name,
        MinimumSeverity = MinimumSeverity,
        IsRemote = IsRemote,
        IsDown = Health.IsDown,
        IsCheckFailed = Health.IsCheckFailed,
        LastError = Health.LastError,
        Failures = Health.FailedMessages,
        Waiting = Messages.Count,
        OldestWaiting = Messages.Count > 0 ? Messages.Min(message => message.Row.Created) : null,
        LastSuccess = Health.LastSuccess,
    };

    private void ForgetOver()
    {
        HashSet<string> waiting = new(Messages.Select(message => message.Group), StringComparer.Ordinal);
        foreach (string over in _groups.Where(group => group.Value.IsOver && !waiting.Contains(group.Key)).Select(group => group.Key).ToList())
        {
            _groups.Remove(over);
        }
    }
}
