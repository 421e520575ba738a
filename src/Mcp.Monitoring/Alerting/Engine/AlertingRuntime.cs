using System.Globalization;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Channels.Logger;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Commands;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>All that alerts of one host are made of, put together.</summary>
internal sealed class AlertingRuntime : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger;
    private readonly AlertClock _clock;
    private readonly Func<IAlertChannel[], StatePath> _placeOf;
    private readonly IStateStore _store;
    private readonly ChannelSet _channels;
    private readonly DeliveryQueue _queue;
    private readonly AlertIdentity _identity;
    private readonly SampleStore _series;
    private readonly AlertPipeline _pipeline;
    private readonly SloTracker _objectives;
    private readonly RuleEvaluator _rules;
    private readonly RuleProblems _problems;
    private readonly LogDeduplicator _unknownChannels = new();
    private readonly HeartbeatSender _heartbeat;
    private readonly EngineThread _thread;
    private readonly TimeProvider _time;
    private readonly Forwarder? _forwarder;
    private readonly ForwardingTest? _forwardingTest;
    private volatile bool _isBegun;
    private volatile bool _isDisposed;

    /// <param name="services">The host's services.</param>
    /// <param name="setup">The settings.</param>
    /// <param name="seams">What tests put in the place of files and threads.</param>
    public AlertingRuntime(IServiceProvider services, AlertSetup setup, AlertingSeams? seams = null)
    {
        AlertOptions options = setup.Options;
        MetricsRegistry registry = services.GetRequiredService<MetricsRegistry>();
        InternalErrors errors = services.GetRequiredService<InternalErrors>();
        OperationMonitor monitor = services.GetRequiredService<OperationMonitor>();
        OperationCatalog catalog = services.GetRequiredService<OperationCatalog>();
        seams ??= AlertingSeams.None;
        _time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring.Alerting");
        _clock = new AlertClock(_time);
        _problems = new RuleProblems(errors, _logger);
        _series = new SampleStore(services.GetRequiredService<MetricsPage>(), errors, options.Evaluation.SampleInterval);
        _objectives = new SloTracker(registry);
        Current = setup;
        Clients = new RecentClients();
        var guard = new FaultIsolation(fault => errors.Report(InternalErrors.Alerting, fault));
        AlertIdentity identity = _identity = new AlertIdentity(setup.Service, setup.Version);
        var probe = new ThreadPoolProbe(_clock, seams.QueueToPool);
        var log = new NotificationLog(_clock);
        var memory = new ChannelMemory(_clock);
        var metrics = new DeliveryMetrics(registry);
        _channels = ChannelsOf(services, memory, probe);
        IAlertChannel[] channels = _channels.Current();
        _placeOf = PlaceOf(services, options.Storage.Path);
        _store = seams.Store ?? StoreOf(_placeOf(channels), options, registry, errors);
        _queue = new DeliveryQueue(channels, log, memory, DeliverySettingsOf(), _clock, metrics, seams.StartThread, () => probe.IsStarved, guard.Report);
        DropCounts drops = DropsOf(registry);
        var inbox = new ManualAlertQueue(_clock, options.Storm.QueueLength, drops);
        var commands = new CommandQueue();
        _forwarder = options.Mode == AlertMode.Forward ? ForwarderSetup.Of(() => Current.Options.Alertmanager, setup.Service, _clock, metrics, registry, probe, seams, _logger, guard) : null;
        _forwardingTest = _forwarder is null ? null : new ForwardingTest(_forwarder.Host, setup.Service);
        _pipeline = new AlertPipeline(_clock, _queue, log, identity, new AlertSettings(options, setup.AcknowledgeLink), inbox, commands, drops, _store.IsKeeping, guard, _forwarder) { ExplainedShare = new ErrorShares(_series).Of };
        Manager = new AlertManager(_clock, identity, inbox, commands, () => _pipeline.Snapshot, TestAsync);
        var signals = new StateSignals(_clock, _store, _queue, () => TimeZones.Find(Current.Options.TimeZone), Texts, monitor.Pool.CountWaiting, seams.PoolQueue);
        _rules = new RuleEvaluator(
            new RuleInputs
            {
                Series = _series,
                Objectives = new SloObjectives(_objectives),
                Signals = signals,
                Clients = Clients,
                Traits = (type, name) => OperationLabels.TypeNamed(type) is { } known && catalog.TryGet(known, name, out Operation operation) ? operation.Traits : OperationTraits.None,
                Service = setup.HasServiceLabel ? setup.Service : null,
                Texts = Texts,
                TimeText = time => TimeZoneInfo.ConvertTime(time, TimeZones.Find(Current.Options.TimeZone)).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            },
            _pipeline.Intake,
            _clock,
            _problems)
        {
            Interval = options.Evaluation.Interval,
            WarmUp = options.Evaluation.WarmUp,
        };
        _rules.Use(EvaluatedRules.Of(setup));
        Follow(setup);
        var inputs = new EngineInputs(_clock, _series, _objectives, probe, slo => SloDefinitions.LimitSettingOf(slo, Current.Options), _logger);
        var startup = new StartupReport(_clock, identity, signals, () => ToolsOf(registry));
        _heartbeat = new HeartbeatSender(() => Current.Options.HeartbeatUrl, () => probe.IsStarved, _time);
        var heartbeat = new Heartbeat(_clock, () => _heartbeat.Url, _heartbeat.Call, seams.StartThread, () => errors.Count(InternalErrors.Heartbeat), _logger);
        var reader = new ReportReader(_clock, _objectives, _series, _queue);
        var report = new DailyReport(_clock, () => Current.Options, () => _pipeline.Report(reader.Read(_pipeline.Snapshot)));
        Engine = new AlertEngine(_clock, options.Evaluation, inputs, _rules, _pipeline, _queue, log, _store, startup, report, new AlertMetrics(registry), heartbeat, errors, _forwarder);
        _thread = new EngineThread(() => _isBegun ? Engine.Step() : Engine.StepTests(), errors, _time);
        Reader = new EngineReader(Engine.Order, _thread.Wake, () => new EngineReading(_clock, _series, _objectives.Objectives, ChannelsInUse, _pipeline.Snapshot, _rules), _time);
        inbox.Wake = commands.Wake = heartbeat.Wake = _thread.Wake;
        WakeSends(_thread.Wake);
    }

    public AlertSetup Current { get; private set; }

    public IAlertManager Manager { get; }

    public AlertEngine Engine { get; }

    public EngineReader Reader { get; }

    // While an Alertmanager takes alerts, what is configured here tells nobody.
    private IReadOnlyList<ChannelStatus> ChannelsInUse => _forwarder is { } forwarder ? [forwarder.Status, .. _queue.Channels] : _queue.Channels;

    /// <summary>Gets who is told of the callers' own faults.</summary>
    public RecentClients Clients { get; }

    public AlertingHealth Health => new(Engine.SinceEvaluation, Engine.EvaluationInterval, _store.Degraded, _queue.Channels, _clock.UtcNow) { Forwarding = _forwarder?.Health };

    /// <summary>Goes on with other settings; any thread.</summary>
    public void Reload(AlertSetup setup)
    {
        IReadOnlyList<AlertRule> rules = EvaluatedRules.Of(setup);
        var settings = new AlertSettings(setup.Options, setup.AcknowledgeLink);
        Engine.Order(() =>
        {
            Current = setup;
            _problems.Keep(_rules.Status);
            IAlertChannel[] channels = _channels.Current();
            Engine.Reload(setup.Options.Evaluation, settings, rules, channels);
            (_store as MemoryStateStore)?.Review(_placeOf(channels).File);
            Follow(setup);
            WarnOfUnknownChannels();
            _channels.Listen(Engine.Loaded);
        });
        _thread.Wake();
    }

    /// <summary>Takes what is asked for, for whoever steps the engine.</summary>
    public void Begin()
    {
        StartNotes.Tell(Current, _queue.Channels.Any(channel => channel.IsRemote), _channels.TakesAnswers, _logger);
        WarnOfUnknownChannels();
        _pipeline.Start();
        _isBegun = true;
    }

    public void Start()
    {
        _store.Start();
        Begin();
        _channels.Listen(Engine.Loaded);
        _thread.Start();
        _thread.Wake();
    }

    /// <summary>Lets the step in progress end, saves, and sends what is due for at most 5 seconds; the rest waits for the next start.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _channels.StopListening(LongestAnswer);
        if (_thread.Stop(LongestStep))
        {
            using var timer = new WakeableTimer(_time);
            WakeSends(timer.Wake);
            Engine.End();
            Engine.Drain(timer.Wait);
            Engine.EndTests();
            WakeSends(static () => { });
        }
        else
        {
            // A step that hangs: nobody may wait for it.
            _pipeline.Stop();
        }

        _thread.Dispose();
        _store.Dispose();
        _channels.Dispose();
        _heartbeat.Dispose();
        _forwarder?.Dispose();
    }

    // Where no host runs, the thread does nothing but this.
    private Task<DeliveryResult> TestAsync(string channel)
    {
        if (channel == AlertmanagerHost.Channel && !_isDisposed)
        {
            if (_forwardingTest is not null)
            {
                return _forwardingTest.SendAsync(Texts());
            }

            if (!_queue.Channels.Any(static known => known.Name == AlertmanagerHost.Channel))
            {
                return Task.FromResult(DeliveryResult.Permanent($"{channel}: nothing is sent there. Set alerts.mode: forward, and alerts.alertmanager.urls."));
            }
        }

        var test = new ChannelTest(TestMessage.Of(_identity, AlertTexts.In(Current.Options.Language), _clock.UtcNow));
        Engine.Order(() => _queue.Test(channel, test));
        if (!_isBegun && !_isDisposed)
        {
            _thread.Start();
        }

        _thread.Wake();
        if (_isDisposed)
        {
            test.End(DeliveryResult.Retry("Nothing was sent: the host has stopped."));
        }

        return test.Answer;
    }

    private ChannelSet ChannelsOf(IServiceProvider services, ChannelMemory memory, ThreadPoolProbe probe)
    {
        ILoggerFactory logging = services.GetRequiredService<ILoggerFactory>();
        var host = new ChannelHost
        {
            Options = () => Current.Options.Channels,
            Texts = Texts,
            TimeZone = () => TimeZones.Find(Current.Options.TimeZone),
            Service = Current.Service,
            Alerts = () => Manager!,
            Memory = memory,
            Logging = logging,
            Time = _time,
            IsPoolStarved = () => probe.IsStarved,
        };
        return new ChannelSet(host, services.GetServices<IAlertChannel>(), () => Current.Options.Channels.Log.Enabled, _logger, Current.Options.Mode == AlertMode.Forward ? [AlertmanagerHost.Channel] : []);
    }

    private void WakeSends(Action wake)
    {
        _queue.Wake = wake;
        _forwarder?.Host.Wake = wake;
    }

    private static Func<IAlertChannel[], StatePath> PlaceOf(IServiceProvider services, string? configured)
    {
        string root = services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } known ? known : Environment.CurrentDirectory;
        bool isStdio = services.GetService<IServer>() is null;
        return channels => StatePath.Decide(configured, root, isStdio, hasRemoteChannel: Array.Exists(channels, static channel => channel is not LogChannel));
    }

    private IStateStore StoreOf(StatePath path, AlertOptions options, MetricsRegistry registry, InternalErrors errors) => path.File is { } file
        ? new StateStore(file, StateTables.All(_clock), new StateSettings { RetentionDays = () => options.RetentionDays, IsOptional = path.IsOptional }, registry, errors, _logger, _time)
        : new MemoryStateStore(_logger);

    private void WarnOfUnknownChannels()
    {
        string[] unknown = [.. _pipeline.UnknownChannels()];
        string[] known = [.. _queue.Channels.Select(channel => channel.Name)];
        foreach (string channel in _unknownChannels.New(unknown))
        {
            Log.ChannelUnknown(_logger, channel, NearestName.Suggest(channel, known), string.Join(", ", known));
        }

        _unknownChannels.Keep(unknown);
    }

    private void Follow(AlertSetup setup)
    {
        _objectives.Configure(SloDefinitions.Of(setup.Options, setup.Thresholds), setup.Options.AvailabilityCountsToolErrors);
        foreach (string metric in _rules.Metrics)
        {
            _series.Want(metric);
        }
    }

    private static DropCounts DropsOf(MetricsRegistry registry)
    {
        foreach (string reason in DropCounts.Reasons)
        {
            registry.Dropped.With(InternalErrors.Alerting, reason);
        }

        return new DropCounts((reason, count) => registry.Dropped.With(InternalErrors.Alerting, reason).Add(count));
    }

    // A server that makes its list anew for each client is known once it has told one.
    private static List<string> ToolsOf(MetricsRegistry registry)
    {
        var tools = new List<string>();
        bool isListed = false;
        foreach (OperationCells operation in registry.Operations.All)
        {
            isListed |= operation is { Type: OperationType.Protocol, Name: "tools/list" } && operation.Ended(OperationOutcome.Success) > 0;
            if (operation.Type == OperationType.Tools && operation.Name is not (OperationLabels.Unknown or OperationLabels.Other))
            {
                tools.Add(operation.Name);
            }
        }

        return isListed ? tools : [];
    }

    private DeliverySettings DeliverySettingsOf() => new()
    {
        FallbackChannel = () => Current.Options.FallbackChannel,
        TimeZone = () => TimeZones.Find(Current.Options.TimeZone),
        Texts = Texts,
    };

    private AlertTexts Texts() => AlertTexts.In(Current.Options.Language);
}
