using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Alerting;

/// <summary>Puts alerting together without rules and a host, for whoever steps it: the pipeline, the notification log and the delivery queue as production has them.</summary>
internal sealed record AlertingBuilder
{
    public required TimeProvider Time { get; init; }

    public IReadOnlyList<IAlertChannel> Channels { get; init; } = [];

    public AlertOptions Options { get; init; } = new();

    public IStateStore Store { get; init; } = new MemoryStateStore();

    public MetricsRegistry? Registry { get; init; }

    public DeliverySettings Delivery { get; init; } = new()
    {
        Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        TimeZone = static () => TimeZoneInfo.Utc,
    };

    /// <summary>Gets who runs the calls of channels; at once, where a test does not say otherwise.</summary>
    public StartThread StartThread { get; init; } = AtOnce;

    public Func<bool> IsPoolStarved { get; init; } = static () => false;

    public AlertIdentity Identity { get; init; } = new("orders-mcp", "1.4.2");

    public DropCounts Drops { get; init; } = new();

    public Action<Exception> Report { get; init; } = static fault => throw new InvalidOperationException("It failed inside.", fault);

    /// <summary>Gets who speaks to the Alertmanagers of the options, under <c>mode: forward</c>.</summary>
    public IAlertmanagerClient? Alertmanager { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;

    public static bool AtOnce(string name, Action run)
    {
        run();
        return true;
    }

    public BuiltAlerting Build()
    {
        var clock = new AlertClock(Time);
        var guard = new FaultIsolation(Report);
        var log = new NotificationLog(clock);
        MetricsRegistry registry = Registry ?? new MetricsRegistry(new MetricsOptions(), new MonitoringClock(Time));
        var metrics = new DeliveryMetrics(registry);
        var queue = new DeliveryQueue(Channels, log, new ChannelMemory(clock), Delivery with { Texts = () => AlertTexts.In(Options.Language) }, clock, metrics, StartThread, IsPoolStarved, guard.Report);
        Forwarder? forwarder = Alertmanager is null ? null : new Forwarder(
            new AlertmanagerHost
            {
                Options = () => Options.Alertmanager,
                Client = Alertmanager,
                Clock = clock,
                StartThread = StartThread,
                Metrics = metrics,
                Dropped = registry.Dropped.With(InternalErrors.Alerting, "alertmanager_queue"),
                Logger = Logger,
            },
            Identity.Service,
            guard);
        var inbox = new ManualAlertQueue(clock, Options.Storm.QueueLength, Drops);
        var commands = new CommandQueue();
        var pipeline = new AlertPipeline(clock, queue, log, Identity, new AlertSettings(Options), inbox, commands, Drops, Store.IsKeeping, guard, forwarder);
        return new BuiltAlerting(Store)
        {
            Clock = clock,
            Log = log,
            Queue = queue,
            Forwarder = forwarder,
            Pipeline = pipeline,
            Inbox = inbox,
            Commands = commands,
            Manager = new AlertManager(clock, Identity, inbox, commands, () => pipeline.Snapshot, channel =>
            {
                var test = new ChannelTest(TestMessage.Of(Identity, AlertTexts.In(Options.Language), clock.UtcNow));
                queue.Test(channel, test);
                return test.Answer;
            }),
        };
    }
}

/// <summary>Alerting that a test steps.</summary>
internal sealed class BuiltAlerting(IStateStore store)
{
    private readonly StateChanges _changes = new();

    public required AlertClock Clock { get; init; }

    public required NotificationLog Log { get; init; }

    public required DeliveryQueue Queue { get; init; }

    public Forwarder? Forwarder { get; init; }

    public required AlertPipeline Pipeline { get; init; }

    public required ManualAlertQueue Inbox { get; init; }

    public required CommandQueue Commands { get; init; }

    public required AlertManager Manager { get; init; }

    /// <summary>Takes up what a former run left.</summary>
    public void Load(StateRows rows)
    {
        Pipeline.Load(rows);
        Queue.Load(rows, _changes);
    }

    /// <summary>Decides, saves and sends, as the engine does in a step.</summary>
    /// <returns>When it wants the next.</returns>
    public TimeSpan Step()
    {
        TimeSpan? next = Pipeline.Tick(_changes);
        TimeSpan sends = Send(DeliveryPhase.Running);
        return next < sends ? next.Value : sends;
    }

    /// <summary>Goes on with other settings and channels.</summary>
    public void Reload(AlertOptions options, IEnumerable<IAlertChannel> channels) =>
        Pipeline.Reload(new AlertSettings(options), areChannelsOther: Queue.Use(channels, _changes));

    /// <summary>Saves what was put, and sends what is due.</summary>
    public TimeSpan Send(DeliveryPhase phase, StateChanges? put = null)
    {
        _changes.Add(put ?? new StateChanges());
        TimeSpan next = Queue.Tick(_changes, phase);
        next = Forwarder?.Tick(_changes) is { } sooner && sooner < next ? sooner : next;
        Log.Save(_changes);
        if (!_changes.IsEmpty)
        {
            store.Save(_changes);
            _changes.Clear();
        }

        Pipeline.Saved();
        return Queue.Release() | (Forwarder?.Release() == true) ? Clock.Now : next;
    }
}
