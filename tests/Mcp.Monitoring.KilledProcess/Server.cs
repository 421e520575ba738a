using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>The alerting of a server on a folder, as production has it, but that one rule judges a world; stepped by whoever runs it.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenEvaluations = TimeSpan.FromMilliseconds(15);

    private readonly World _world;
    private readonly DeliveryQueue _queue;
    private readonly AlertEngine _engine;
    private readonly WakeableTimer _timer = new(TimeProvider.System);

    public Server(string folder, World world, StateSettings settings, Func<IStateStore, IStateStore> wrap, Func<IChannelMemory, IEnumerable<IAlertChannel>> channels)
    {
        var monitoringClock = new MonitoringClock(TimeProvider.System);
        var clock = new AlertClock(TimeProvider.System);
        var registry = new MetricsRegistry(new MetricsOptions(), monitoringClock);
        var errors = new InternalErrors(new FatalLogs(), monitoringClock);
        var guard = new FaultIsolation(fault => errors.Report(InternalErrors.Alerting, fault));
        var identity = new AlertIdentity("killed", null);
        var options = new AlertOptions
        {
            Evaluation = { Interval = BetweenEvaluations, WarmUp = TimeSpan.Zero },
            Grouping = { Wait = TimeSpan.Zero, CriticalWait = TimeSpan.Zero, Interval = TimeSpan.Zero },
            Flapping = { Enabled = false },
            Storm = { GroupsPerMinute = int.MaxValue, MessagesPerHour = int.MaxValue },
        };
        _world = world;

        // Its file may well fail.
        var ofStore = new InternalErrors(NullLoggerFactory.Instance, monitoringClock);
        Store = wrap(new StateStore(Path.Combine(folder, "alerts.db"), StateTables.All(clock), settings, registry, ofStore, NullLogger.Instance, TimeProvider.System));
        var log = new NotificationLog(clock);
        var memory = new ChannelMemory(clock);
        _queue = new DeliveryQueue(channels(memory), log, memory, new DeliverySettings(), clock, new DeliveryMetrics(registry), AlertingSeams.None.StartThread, static () => false, guard.Report) { Wake = _timer.Wake };
        var drops = new DropCounts();
        var pipeline = new AlertPipeline(clock, _queue, log, identity, new AlertSettings(options), new ManualAlertQueue(clock, options.Storm.QueueLength, drops), new CommandQueue(), drops, Store.IsKeeping, guard);
        var series = new SampleStore(new MetricsPage(registry), errors, options.Evaluation.SampleInterval);
        var objectives = new SloTracker(registry);
        var rules = new RuleEvaluator(
            new RuleInputs { Series = series, Objectives = new SloObjectives(objectives), Signals = world, Service = identity.Service }, pipeline.Intake, clock, new RuleProblems(errors, NullLogger.Instance))
        {
            Interval = options.Evaluation.Interval,
            WarmUp = options.Evaluation.WarmUp,
        };
        rules.Use([Rule()]);
        var inputs = new EngineInputs(clock, series, objectives, new ThreadPoolProbe(clock, AlertingSeams.None.QueueToPool), static slo => slo, NullLogger.Instance);
        var startup = new StartupReport(clock, identity, new StateSignals(clock, Store, _queue, static () => TimeZoneInfo.Utc, static () => AlertTexts.English, static () => 0, static () => 0), static () => []);
        var report = new DailyReport(clock, () => options, static () => { });
        var heartbeat = new Heartbeat(clock, static () => null, static (_, _) => DeliveryResult.Delivered(), AlertingSeams.None.StartThread, static () => { }, NullLogger.Instance);
        _engine = new AlertEngine(clock, options.Evaluation, inputs, rules, pipeline, _queue, log, Store, startup, report, new AlertMetrics(registry), heartbeat, errors);
        pipeline.Start();
        Store.Start();
    }

    public IStateStore Store { get; }

    /// <summary>Goes on until there were so many episodes in all, and everybody knows that they are over.</summary>
    public void Run(int episodes)
    {
        _world.Episodes = episodes;
        Until(() =>
        {
            TimeSpan wait = _engine.Step();
            if (!_world.IsOver && wait > TimeSpan.Zero)
            {
                _timer.Wait(wait);
            }

            return _world.IsOver;
        });
    }

    public static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, Patience))
        {
            throw new TimeoutException("It has taken a minute.");
        }
    }

    public void Dispose()
    {
        _engine.End();
        _engine.Drain(_timer.Wait);
        _queue.Wake = static () => { };
        Store.Dispose();
        _timer.Dispose();
    }

    private static AlertRule Rule()
    {
        var goesOn = new Signal(World.Signal);
        return new AlertRule
        {
            Name = "Outage",
            By = [AlertLabels.Dependency, AlertLabels.Operation],
            Levels = [new RuleLevel(AlertSeverity.High, TimeSpan.Zero, goesOn.AtLeast(1), goesOn, 1)],
            Annotations = new AlertAnnotations("What the world says.", static context => ToldText.Name(context.Alert), static context => ToldText.Name(context.Alert)),
        };
    }
}
