using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>Delivers at once what is released, to channels that a test takes down and up again. What waits is superseded as the outbox does it.</summary>
internal sealed class ScriptedOutbox(TimeProvider time) : IOutbox
{
    private readonly List<OutboxMessage> _enqueued = [];
    private readonly List<OutboxMessage> _waiting = [];
    private readonly Queue<OutboxMessage> _ended = new();
    private readonly HashSet<string> _down = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dead = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _standIns = new(StringComparer.Ordinal);

    /// <summary>Gets or sets who writes down what became of a message.</summary>
    public required Action<OutboxMessage> Save { get; init; }

    public List<ChannelStatus> Configured { get; } = [];

    public IReadOnlyList<ChannelStatus> Channels => [.. Configured.Select(channel => channel with { IsDown = _down.Contains(channel.Name) || _dead.Contains(channel.Name) })];

    /// <summary>Gets what has arrived, with the time.</summary>
    public List<(DateTimeOffset At, OutboxMessage Message)> Delivered { get; } = [];

    /// <summary>Gets everything that was ever enqueued.</summary>
    public List<OutboxMessage> All { get; } = [];

    public void Add(string name, AlertSeverity minimum = AlertSeverity.Medium) =>
        Configured.Add(new ChannelStatus { Name = name, MinimumSeverity = minimum, IsRemote = name != "log" });

    public void TakeDown(string channel) => _down.Add(channel);

    public void BringUp(string channel)
    {
        _down.Remove(channel);
        Deliver();
    }

    /// <summary>Has every message to a channel fail for good, and another stand in if there is one.</summary>
    public void Kill(string channel, string? standIn = null)
    {
        _dead.Add(channel);
        if (standIn is not null)
        {
            _standIns[channel] = standIn;
        }
    }

    /// <summary>Gets or sets what becomes of a message before it is taken; a test has it throw.</summary>
    public Action<OutboxMessage> Taking { get; set; } = static _ => { };

    public void Enqueue(OutboxMessage message, StateChanges changes)
    {
        Taking(message);
        Assert.DoesNotContain(All, other => other.Channel == message.Channel && other.Notification.Group == message.Notification.Group && other.Generation >= message.Generation);
        All.Add(message);
        foreach (OutboxMessage older in _waiting.Where(older => older.Channel == message.Channel && older.Notification.Group == message.Notification.Group).ToArray())
        {
            if (older is { IsKnownToChannel: true, Notification.Kind: NotificationKind.Resolved })
            {
                continue;
            }

            _waiting.Remove(older);
            End(older with { State = OutboxState.Superseded, EndedAt = time.GetUtcNow() });
        }

        if (message.Notification.Kind == NotificationKind.Resolved && !message.IsKnownToChannel && !_standIns.ContainsKey(message.Channel))
        {
            End(message with { State = OutboxState.Superseded, EndedAt = time.GetUtcNow() });
            return;
        }

        _enqueued.Add(message);
        changes.Put(OutboxMessage.Table, message);
    }

    public void Release()
    {
        _waiting.AddRange(_enqueued);
        _enqueued.Clear();
        Deliver();
    }

    public bool TryTakeReport(out OutboxMessage ended) => _ended.TryDequeue(out ended!);

    /// <summary>Loses what is only in memory.</summary>
    public void Crash()
    {
        _enqueued.Clear();
        _waiting.Clear();
        _ended.Clear();
    }

    public void Restore(StateRows rows, StateChanges changes) => _waiting.AddRange(rows.Of(OutboxMessage.Table).Where(message => message.State == OutboxState.Pending));

    private void Deliver()
    {
        foreach (OutboxMessage message in _waiting.Where(message => !_down.Contains(message.Channel)).ToArray())
        {
            _waiting.Remove(message);
            if (!_dead.Contains(message.Channel))
            {
                Arrive(message);
                continue;
            }

            End(message with { State = OutboxState.Dead, EndedAt = time.GetUtcNow() });
            if (_standIns.TryGetValue(message.Channel, out string? standIn)
                && !All.Exists(other => other.Channel == standIn && other.Notification.Group == message.Notification.Group))
            {
                Arrive(message with { Channel = standIn, InsteadOf = message.Channel });
            }
        }
    }

    private void Arrive(OutboxMessage message)
    {
        OutboxMessage sent = message with { State = OutboxState.Sent, EndedAt = time.GetUtcNow(), Reference = message.Notification.ThreadReference ?? $"thread of {message.Notification.Group}" };
        Delivered.Add((time.GetUtcNow(), sent));
        End(sent);
    }

    private void End(OutboxMessage message)
    {
        _ended.Enqueue(message);
        Save(message);
    }
}
