using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>A delivery queue that a test fills and steps, on a clock that only the test moves; calls of channels run at once.</summary>
internal sealed class DeliveryHarness : IDisposable
{
    private const int MostSteps = 5_000;

    private readonly Dictionary<string, long> _generations = new(StringComparer.Ordinal);
    private readonly StateChanges _put = new();
    private BuiltAlerting _alerting = null!;

    public DeliveryHarness(params ScriptedChannel[] channels)
    {
        Channels = channels;
        Begin();
    }

    public ScriptedChannel[] Channels { get; private set; }

    public TestHost Host { get; private set; } = new();

    public FakeTimeProvider Time => Host.Clock;

    /// <summary>Gets the clock as the queue sees it: its wall clock may be moved.</summary>
    public MovedWallClock Wall { get; private set; } = null!;

    public RecordingStore Store { get; } = new();

    public DeliveryQueue Queue => _alerting.Queue;

    public NotificationLog Log => _alerting.Log;

    public AlertClock Clock => _alerting.Clock;

    public string? Fallback { get; set; }

    /// <summary>Gets or sets who runs the calls of channels, from the next start on.</summary>
    public StartThread StartThread { get; set; } = AlertingBuilder.AtOnce;

    public bool IsPoolStarved { get; set; }

    /// <summary>Gets what has come to its end, in order.</summary>
    public List<QueuedNotification> Reports { get; } = [];

    public ChannelStatus Status(string channel) => Queue.Channels.Single(status => status.Name == channel);

    /// <summary>Tells a channel something about a group, as the pipeline does in one step.</summary>
    public QueuedNotification Tell(string channel, NotificationKind kind, string summary, string group = "1c", AlertSeverity severity = AlertSeverity.Critical)
    {
        long generation = _generations[group] = _generations.GetValueOrDefault(group) + 1;
        return Enqueue(Message(channel, kind, summary, group, severity, generation));
    }

    /// <summary>Tells several channels the same.</summary>
    public void TellAll(NotificationKind kind, string summary, string group = "1c", AlertSeverity severity = AlertSeverity.Critical)
    {
        long generation = _generations[group] = _generations.GetValueOrDefault(group) + 1;
        foreach (ScriptedChannel channel in Channels)
        {
            Put(Message(channel.Name, kind, summary, group, severity, generation));
        }

        Save();
    }

    public QueuedNotification Enqueue(QueuedNotification message)
    {
        Put(message);
        Save();
        return message;
    }

    public QueuedNotification Message(
        string channel, NotificationKind kind, string summary, string group, AlertSeverity severity, long generation, TimeSpan? expiry = null)
    {
        string id = Guid.CreateVersion7().ToString("N");
        return new QueuedNotification
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
            Created = Time.GetUtcNow(),
            ExpiresAt = expiry == Timeout.InfiniteTimeSpan ? null : Clock.Now + (expiry ?? TimeSpan.FromHours(24)),
        };
    }

    /// <summary>Has everything done that is to be done now.</summary>
    /// <returns>How long there is nothing to do.</returns>
    public TimeSpan Run(DeliveryPhase phase = DeliveryPhase.Running)
    {
        TimeSpan next;
        int steps = 0;
        do
        {
            Assert.True(++steps < MostSteps, "The queue has no end.");
            next = _alerting.Send(phase) - Clock.Now;
        }
        while (next <= TimeSpan.Zero);

        return next;
    }

    /// <summary>Lets time pass, and what falls due in it be done when it does.</summary>
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
        _alerting.Log.Load(Store.Rows);
        _alerting.Queue.Load(Store.Rows, _put);
        Save();
    }

    /// <summary>Goes on with other channels, as a reload has it.</summary>
    public bool Use(params ScriptedChannel[] channels)
    {
        Channels = channels;
        return Use((IAlertChannel[])channels);
    }

    public bool Use(params IAlertChannel[] channels)
    {
        bool areOther = Queue.Use(channels, _put);
        Save();
        return areOther;
    }

    public void Dispose() => Host.Dispose();

    private void Put(QueuedNotification message)
    {
        // The pipeline has noted what is being told.
        NotificationLogEntry entry = Log.Of(message.Group, message.Channel);
        if (message.IsFiring)
        {
            entry.Firing[1] = 1;
        }
        else if (message.Kind == NotificationKind.Resolved)
        {
            entry.Close();
        }

        Log.Changed(entry);
        Queue.Enqueue(message, _put);
    }

    private void Save()
    {
        Log.Save(_put);
        if (!_put.IsEmpty)
        {
            Store.Save(_put);
            _put.Clear();
        }

        Queue.Publish();
    }

    private void Begin()
    {
        DateTimeOffset now = Host.Clock.GetUtcNow();
        if (_alerting is not null)
        {
            Host.Dispose();
            Host = new TestHost();
            Host.Clock.Advance(now - Host.Clock.GetUtcNow());
        }

        _put.Clear();
        Wall = new MovedWallClock(Host.Clock);
        var settings = new AlertingBuilder { Time = Wall }.Delivery with { FallbackChannel = () => Fallback };
        _alerting = new AlertingBuilder
        {
            Time = Wall,
            Channels = Channels,
            Store = Store,
            Registry = Host.Registry,
            Delivery = settings,
            StartThread = (name, run) => StartThread(name, run),
            IsPoolStarved = () => IsPoolStarved,
        }.Build();
        Store.Clock = _alerting.Clock;
        Store.Written = Report;
    }

    private void Report(QueuedNotification saved)
    {
        if (saved.EndedAt is not null && !Reports.Exists(known => known.Id == saved.Id))
        {
            Reports.Add(saved);
        }
    }
}
