using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>An outbox whose workers a test steps, on a clock that only the test moves; and the engine's part of it.</summary>
internal sealed class PostOffice : IDisposable
{
    private readonly Dictionary<string, long> _generations = new(StringComparer.Ordinal);
    private Outbox _outbox = null!;
    private IReadOnlyList<ChannelWorker> _workers = [];

    public PostOffice(params ScriptedChannel[] channels)
    {
        Channels = channels;
        Begin();
    }

    public ScriptedChannel[] Channels { get; private set; }

    public TestHost Host { get; private set; } = new();

    public FakeTimeProvider Time => Host.Clock;

    /// <summary>Gets the clock as the outbox sees it: its wall clock may be moved.</summary>
    public MovedWallClock Wall { get; private set; } = null!;

    public RecordingStore Store { get; } = new();

    public Outbox Outbox => _outbox;

    public string? Fallback { get; set; }

    public List<OutboxMessage> Reports { get; } = [];

    public ChannelStatus Status(string channel) => _outbox.Channels.Single(status => status.Name == channel);

    /// <summary>Tells a channel something about a group, as the engine does in one step.</summary>
    public OutboxMessage Tell(string channel, NotificationKind kind, string summary, string group = "1c", AlertSeverity severity = AlertSeverity.Critical, bool isKnown = false)
    {
        long generation = _generations[group] = _generations.GetValueOrDefault(group) + 1;
        return Enqueue(Message(channel, kind, summary, group, severity, isKnown, generation));
    }

    /// <summary>Tells several channels the same.</summary>
    public void TellAll(NotificationKind kind, string summary, string group = "1c", AlertSeverity severity = AlertSeverity.Critical, bool isKnown = false)
    {
        long generation = _generations[group] = _generations.GetValueOrDefault(group) + 1;
        var changes = new StateChanges();
        foreach (ScriptedChannel channel in Channels)
        {
            _outbox.Enqueue(Message(channel.Name, kind, summary, group, severity, isKnown, generation), changes);
        }

        Commit(changes);
    }

    public OutboxMessage Enqueue(OutboxMessage message)
    {
        var changes = new StateChanges();
        _outbox.Enqueue(message, changes);
        Commit(changes);
        return message;
    }

    public OutboxMessage Message(string channel, NotificationKind kind, string summary, string group, AlertSeverity severity, bool isKnown, long generation)
    {
        string id = Guid.CreateVersion7().ToString("N");
        return new OutboxMessage
        {
            Id = id,
            Channel = channel,
            Notification = new AlertNotification
            {
                Id = id,
                Kind = kind,
                Severity = severity,
                Group = group,
                Title = $"{group} down",
                Service = "orders-mcp",
                Summary = summary,
                Text = $"{group} down · orders-mcp — {summary}",
                AlertCount = 1,
            },
            Generation = generation,
            IsKnownToChannel = isKnown,
            Created = Time.GetUtcNow(),
            ExpiresAt = Time.GetUtcNow().AddHours(24),
        };
    }

    /// <summary>Lets all workers do what is to be done now.</summary>
    /// <returns>How long there is nothing to do.</returns>
    public TimeSpan Run()
    {
        TimeSpan next;
        int steps = 0;
        do
        {
            Assert.True(++steps < 1_000, "The workers have no end.");
            next = _workers.Min(worker => worker.Step());
        }
        while (next <= TimeSpan.Zero);
        while (_outbox.TryTakeReport(out OutboxMessage? ended))
        {
            Reports.Add(ended);
        }

        return next;
    }

    /// <summary>Lets time pass, and the workers do what falls due in it, when it does.</summary>
    public void Pass(TimeSpan time)
    {
        TimeSpan left = time;
        while (true)
        {
            TimeSpan next = Run();
            TimeSpan step = next < left ? next : left;
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            Time.Advance(step);
            left -= step;
        }
    }

    /// <summary>Is killed and started again with what was saved.</summary>
    public void Restart(params ScriptedChannel[] channels)
    {
        Channels = channels.Length > 0 ? channels : Channels;
        Begin();
        var changes = new StateChanges();
        _outbox.Restore(Store.Rows, changes);
        Commit(changes);
    }

    public void Dispose() => Host.Dispose();

    private void Commit(StateChanges changes)
    {
        if (!changes.IsEmpty)
        {
            Store.Save(changes);
        }

        _outbox.Release();
    }

    private void Begin()
    {
        DateTimeOffset now = Host.Clock.GetUtcNow();
        if (_outbox is not null)
        {
            Host.Dispose();
            Host = new TestHost();
            Host.Clock.Advance(now - Host.Clock.GetUtcNow());
        }

        Wall = new MovedWallClock(Host.Clock);
        var settings = new OutboxSettings { Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), FallbackChannel = () => Fallback, TimeZone = () => TimeZoneInfo.Utc };
        _outbox = new Outbox(
            Channels, Store, settings, new AlertClock(Wall), new DeliveryMetrics(Host.Registry), Host.Services.GetRequiredService<InternalErrors>());
        _workers = _outbox.Workers(_ => new InlineSender());
    }
}
