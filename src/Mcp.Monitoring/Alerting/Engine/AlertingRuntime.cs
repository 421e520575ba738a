using System.Globalization;
using Mcp.Monitoring.Alerting.Channels.Logger;
using Mcp.Monitoring.Alerting.Commands;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Inputs;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
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

    private readonly ILogger _logger;
    private readonly AlertClock _clock;
    private readonly IStateStore _store;
    private readonly Outbox _outbox;
    private readonly SampleStore _series;
    private readonly AlertPipeline _book;
    private readonly CommandQueue _commands;
    private readonly SloTracker _objectives;
    private readonly RuleEvaluator _rules;
    private readonly RuleProblems _problems;
    private readonly LogDeduplicator _unknownChannels = new();
    private readonly EngineThread _thread;
    private bool _isDisposed;

    public AlertingRuntime(IServiceProvider services, AlertSetup setup, IStateStore? store = null, Func<long>? poolQueue = null)
    {
        AlertOptions options = setup.Options;
        MetricsRegistry registry = services.GetRequiredService<MetricsRegistry>();
        InternalErrors errors = services.GetRequiredService<InternalErrors>();
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Mcp.Monitoring.Alerting");
        Current = setup;
        _logger = logger;
        _clock = new AlertClock(time);
        IAlertChannel[] channels = ChannelsOf(services, options, logger);
        _store = store ?? StoreOf(services, options, channels, registry, errors, logger, time);
        _outbox = new Outbox(channels, _store, SettingsOfOutbox(), _clock, new DeliveryMetrics(registry), errors);

        var identity = new AlertIdentity(setup.Service, setup.Version);
        var drops = new DropCounts((reason, count) => registry.Dropped.With(InternalErrors.Alerting, reason).Add(count));
        foreach (string reason in DropCounts.Reasons)
        {
            registry.Dropped.With(InternalErrors.Alerting, reason);
        }

        var inbox = new ManualAlertQueue(_clock, options.Storm.QueueLength, drops);
        var commands = new CommandQueue();
        var book = new AlertPipeline(_clock, _outbox, identity, options, inbox, commands, drops, fault => errors.Report(InternalErrors.Alerting, fault));
        _book = book;
        _commands = commands;
        Manager = new AlertManager(_clock, identity, inbox, commands, () => book.Snapshot);
        Clients = new RecentClients();

        var series = new SampleStore(registry, errors, options.Evaluation.SampleInterval);
        book.ExplainedShare = new ErrorShares(series).Of;
        _objectives = new SloTracker(registry);
        _objectives.Configure(SloDefinitions.Of(options, setup.Thresholds), options.AvailabilityCountsToolErrors);
        var signals = new StateSignals(_clock, _store, _outbox, () => TimeZones.Find(Current.Options.TimeZone), services.GetRequiredService<OperationMonitor>().Pool.CountWaiting, poolQueue ?? (static () => ThreadPool.PendingWorkItemCount));
        OperationCatalog catalog = services.GetRequiredService<OperationCatalog>();
        _problems = new RuleProblems(errors, logger);
        var rules = new RuleEvaluator(
            new RuleInputs
            {
                Series = series,
                Objectives = new SloObjectives(_objectives),
                Signals = signals,
                Clients = Clients,
                Traits = (type, name) => OperationLabels.TypeNamed(type) is { } known && catalog.TryGet(known, name, out Operation operation) ? operation.Traits : OperationTraits.None,
                Service = setup.HasServiceLabel ? setup.Service : null,
                TimeText = time => TimeZoneInfo.ConvertTime(time, TimeZones.Find(Current.Options.TimeZone)).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            },
            book.Intake,
            _clock,
            _problems)
        {
            Interval = options.Evaluation.Interval,
            WarmUp = options.Evaluation.WarmUp,
        };
        _rules = rules;
        _series = series;
        rules.Use(RulesOf(setup));
        WantMetrics();
        var story = new StartupReport(_clock, identity, signals, () => ToolsOf(registry));
        Engine = new AlertEngine(_clock, options.Evaluation, new EngineInputs(_clock, series, _objectives, slo => SloDefinitions.LimitSettingOf(slo, Current.Options), logger), rules, book, _outbox, _store, story, new AlertMetrics(registry), errors);
        _thread = new EngineThread(Engine.Step, errors, time);
        inbox.Wake = commands.Wake = _thread.Wake;
    }

    public AlertSetup Current { get; private set; }

    public IAlertManager Manager { get; }

    public AlertEngine Engine { get; }

    public Outbox Outbox => _outbox;

    /// <summary>Gets who is told of the callers' own faults.</summary>
    public RecentClients Clients { get; }

    public AlertingHealth Health => new(Engine.SinceEvaluation, Engine.EvaluationInterval, _store.Degraded, _outbox.Channels, _clock.UtcNow);

    /// <summary>Goes on with other settings; any thread.</summary>
    public void Reload(AlertSetup setup)
    {
        IReadOnlyList<AlertRule> rules = RulesOf(setup);
        Engine.Order(() =>
        {
            Current = setup;
            _problems.Keep(_rules.Status);
            Engine.Reload(setup.Options, rules);
            _objectives.Configure(SloDefinitions.Of(setup.Options, setup.Thresholds), setup.Options.AvailabilityCountsToolErrors);
            WantMetrics();
            WarnOfUnknownChannels();
        });
        _thread.Wake();
    }

    /// <summary>Takes what is asked for, for whoever steps the engine.</summary>
    public void Begin()
    {
        WarnOfLimits();
        WarnOfUnknownChannels();
        _commands.Start();
    }

    public void Start()
    {
        Begin();
        _store.Start();
        _outbox.Start();
        _thread.Start();
    }

    /// <summary>Lets the step in progress end, saves, and sends what is due for at most 5 seconds; the rest waits for the next start.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_thread.Stop(LongestStep))
        {
            Engine.End();
        }
        else
        {
            // A step that hangs: nobody may wait for it.
            _book.Stop();
        }

        _thread.Dispose();
        _outbox.Dispose();
        _store.Dispose();
    }

    private static IAlertChannel[] ChannelsOf(IServiceProvider services, AlertOptions options, ILogger logger) => UsableChannels.Of(
        [
            .. services.GetServices<IAlertChannel>(),
            .. options.Channels.Log.Enabled ? [new LogChannel(services.GetRequiredService<ILoggerFactory>())] : Array.Empty<IAlertChannel>(),
        ],
        logger);

    private static IStateStore StoreOf(
        IServiceProvider services, AlertOptions options, IAlertChannel[] channels, MetricsRegistry registry, InternalErrors errors, ILogger logger, TimeProvider time)
    {
        string root = services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } known ? known : Environment.CurrentDirectory;
        StatePath path = StatePath.Decide(
            options.Storage.Path, root, isStdio: services.GetService<IServer>() is null, hasRemoteChannel: channels.Any(channel => channel is not LogChannel));
        return path.File is { } file
            ? new StateStore(file, StateTables.All, new StateSettings { RetentionDays = () => options.RetentionDays, IsOptional = path.IsOptional }, registry, errors, logger, time)
            : new MemoryStateStore();
    }

    private void WarnOfLimits()
    {
        if (!_outbox.Channels.Any(channel => channel.IsRemote))
        {
            return;
        }

        Log.OnlyCodeAcknowledges(_logger);
        if (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 })
        {
            Log.EachReplicaTells(_logger);
        }
    }

    private void WarnOfUnknownChannels()
    {
        string[] unknown = [.. _book.UnknownChannels()];
        string[] known = [.. _outbox.Channels.Select(channel => channel.Name)];
        foreach (string channel in _unknownChannels.New(unknown))
        {
            Log.ChannelUnknown(_logger, channel, NearestName.Ask(channel, known), string.Join(", ", known));
        }

        _unknownChannels.Keep(unknown);
    }

    private void WantMetrics()
    {
        foreach (string metric in _rules.Metrics)
        {
            _series.Want(metric);
        }
    }

    private static IReadOnlyList<AlertRule> RulesOf(AlertSetup setup) => RuleCatalogue.Build(setup.Thresholds, setup.Options.Rules, setup.MetricsPrefix);

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

    private OutboxSettings SettingsOfOutbox() => new()
    {
        FallbackChannel = () => Current.Options.FallbackChannel,
        TimeZone = () => TimeZones.Find(Current.Options.TimeZone),
    };
}
