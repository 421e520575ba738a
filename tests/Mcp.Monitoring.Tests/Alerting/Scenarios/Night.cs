using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>
/// A server whose calls a test makes, with all of its alerting and with people at three channels; nothing is left out but the threads. Times are those of Moscow.
/// </summary>
internal sealed class Night : IDisposable
{
    public const string Service = "orders-mcp";

    private const int MostStepsAtOnce = 1_000;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MoscowOffset = TimeSpan.FromHours(3);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 24, 0, 0, 0, MoscowOffset);

    private readonly TestHost _host;
    private readonly AlertingRuntime _alerting;
    private readonly McpMonitoringOptions _settings;
    private readonly string _version;
    private readonly CounterFamily _errors;
    private readonly HistogramFamily _integrationCalls;
    private readonly HistogramFamily _queries;
    private readonly GaugeFamily _breaker;
    private readonly GaugeFamily _queue;
    private readonly CounterFamily _dependencySeconds;
    private readonly CounterFamily _byClient;
    private readonly Dictionary<(string Tool, string Dependency), double> _spent = [];
    private readonly List<(string Channel, string Line)> _told = [];
    private bool _isKilled;

    /// <param name="begin">The hours after midnight at which the process starts.</param>
    /// <param name="version">The version of the server.</param>
    /// <param name="store">What a former process left.</param>
    /// <param name="channels">The channels that are there.</param>
    public Night(double begin, string version = "1.4.2", IStateStore? store = null, params string[] channels)
        : this(begin, version, store, static _ => { }, channels)
    {
    }

    public Night(double begin, string version, IStateStore? store, Action<AlertOptions> configure, params string[] channels)
    {
        _host = new TestHost(
            options =>
            {
                options.Alerts.TimeZone = "Europe/Moscow";
                options.Alerts.Storage.Path = ":memory:";
                options.Alerts.Channels.Log.Enabled = false;
                configure(options.Alerts);
            },
            services =>
            {
                foreach (string name in channels)
                {
                    var channel = new ScriptedChannel(name) { Arrived = told => Note(name, told) };
                    Channels.Add(name, channel);
                    services.AddSingleton<IAlertChannel>(channel);
                }
            });
        _host.Clock.Advance(Midnight.AddSeconds(Math.Round(begin * 3_600)) - _host.Clock.GetUtcNow());
        _version = version;
        _settings = _host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<McpMonitoringOptions>>().Value;
        _errors = _host.Registry.Counter(MetricNames.Errors);
        _integrationCalls = _host.Registry.Histogram(DependencyMetricNames.IntegrationCallDuration);
        _queries = _host.Registry.Histogram(DependencyMetricNames.DbQueryDuration);
        _breaker = _host.Registry.Gauge(DependencyMetricNames.CircuitBreakerState);
        _queue = _host.Registry.Gauge(DependencyMetricNames.QueueSize);
        _byClient = _host.Registry.Counter(MetricNames.RequestsByClient);
        _dependencySeconds = _host.Registry.Counter(DependencyMetricNames.OperationDependencyTime);
        _alerting = new AlertingRuntime(_host.Services, Setup(), Seams.Inline with { Store = store, PoolQueue = () => PoolQueue });
        _alerting.Begin();
    }

    public Dictionary<string, ScriptedChannel> Channels { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets what makes the links of messages that acknowledge; taken at the next reload.</summary>
    public Func<int, DateTimeOffset, string?>? AcknowledgeLink { get; set; }

    /// <summary>Gets or sets how many work items wait for a thread of the pool.</summary>
    public long PoolQueue { get; set; }

    public IAlertManager Alerts => _alerting.Manager;

    public TestHost Host => _host;

    public EngineReader Reader => _alerting.Reader;

    /// <summary>Reads what is read on the engine's thread.</summary>
    public T Read<T>(Func<EngineReader, Task<T>> read)
    {
        Task<T> answer = read(_alerting.Reader);
        StepEngine();
        return answer.WaitAsync(LongestAnswer).GetAwaiter().GetResult();
    }

    public AlertingHealth Health => _alerting.Health;

    public TimeSpan Now { get; private set; }

    /// <summary>Gets everything that arrived, in order, without what another channel got in the same words.</summary>
    public IReadOnlyList<string> ToldOnce => [.. _told.Select(told => told.Line).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets everything that arrived on a channel, each with the time in Moscow: <c>03:02:15 🔴 critical · …</c>.</summary>
    public IReadOnlyList<string> Told(string channel) => [.. _told.Where(told => told.Channel == channel).Select(told => told.Line)];

    /// <summary>Has the server go on with other settings.</summary>
    public void Reload(Action<AlertOptions> change)
    {
        change(_settings.Alerts);
        _alerting.Reload(Setup());
    }

    /// <summary>Lets time pass; what happens does so before each sample.</summary>
    public Night Run(TimeSpan time, Action<TimeSpan>? happens = null)
    {
        for (TimeSpan end = Now + time; Now < end; Now += Step)
        {
            happens?.Invoke(Now);
            StepEngine();
            _host.Clock.Advance(Step);
        }

        return this;
    }

    public Night Hours(double hours, Action<TimeSpan>? happens = null) => Run(TimeSpan.FromHours(hours), happens);

    public Night Minutes(double minutes, Action<TimeSpan>? happens = null) => Run(TimeSpan.FromMinutes(minutes), happens);

    /// <summary>Makes something happen evenly, so many times an hour.</summary>
    public static Action<TimeSpan> Evenly(double perHour, Action<int> happens)
    {
        double due = 1;
        int count = 0;
        return _ =>
        {
            for (; due >= 1; due--)
            {
                happens(count++);
            }

            due += perHour * Step.TotalHours;
        };
    }

    /// <summary>A call of a tool ends.</summary>
    public void Call(string tool, OperationOutcome outcome = OperationOutcome.Success, double seconds = 0.05)
    {
        Operation operation = _host.Operation(OperationType.Tools, tool);
        operation.Started();
        operation.Ended(outcome, (long)(seconds * _host.Registry.Clock.Frequency), _host.Registry.Clock.Timestamp, context: null);
        if (outcome == OperationOutcome.ClientError)
        {
            _errors.With("validation", "client_error", "tools", tool, "none").Increment();
            _byClient.With("cursor", "2025-06-18", "client_error").Increment();
        }
    }

    /// <summary>A call of a tool fails, by the fault of a dependency if one is named.</summary>
    public void Fail(string tool, string errorType = "internal", string dependency = "none", double seconds = 0.05)
    {
        Call(tool, OperationOutcome.ServerError, seconds);
        _errors.With(errorType, "server_error", "tools", tool, dependency).Increment();
    }

    public void Integration(string dependency, string outcome, double seconds) =>
        _integrationCalls.With(dependency, "get", outcome).Observe((long)(seconds * _host.Registry.Clock.Frequency));

    public void Query(string database, double seconds, string outcome = "success") =>
        _queries.With(database, "select", outcome).Observe((long)(seconds * _host.Registry.Clock.Frequency));

    public void Breaker(string dependency, string current)
    {
        foreach (string state in (string[])["closed", "half_open", "open", "isolated"])
        {
            _breaker.With(dependency, state).Set(state == current ? 1 : 0);
        }
    }

    public void Queue(string name, double size) => _queue.With(name).Set(size);

    /// <summary>A tool spends time in a dependency.</summary>
    public void Spend(string tool, string dependency, double seconds)
    {
        double spent = _spent[(tool, dependency)] = _spent.GetValueOrDefault((tool, dependency)) + seconds;
        Counter counter = _dependencySeconds.With(tool, dependency);
        counter.Add((long)spent - counter.Value);
    }

    /// <summary>The process is gone from one moment to the next.</summary>
    public void Kill() => _isKilled = true;

    /// <summary>Adds up a metric as <c>/metrics</c> shows it.</summary>
    public double Metric(string name, params (string Label, string Value)[] labels) => _host.Sum(name, labels);

    public void Dispose()
    {
        if (_isKilled)
        {
            _host.Dispose();
            return;
        }

        _alerting.Dispose();
        _host.Dispose();
    }

    private AlertSetup Setup() => new(_settings.Alerts, _settings.Thresholds, Service, HasServiceLabel: true, _version, "mcp") { AcknowledgeLink = AcknowledgeLink };

    private void Note(string channel, AlertNotification told)
    {
        string time = (_host.Clock.GetUtcNow() + MoscowOffset).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        _told.Add((channel, $"{time} {(told.IsSilent ? "(silent) " : "")}{told.Text}"));
    }

    // What is sent in a step is known in the next, at the same time.
    private void StepEngine()
    {
        int steps = 0;
        while (_alerting.Engine.Step() <= TimeSpan.Zero)
        {
            Assert.True(++steps < MostStepsAtOnce, "The engine has no end.");
        }
    }
}
