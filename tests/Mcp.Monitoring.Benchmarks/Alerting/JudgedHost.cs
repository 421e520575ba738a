using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Benchmarks.Operations;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>A host with 100 tools and 10 dependencies that are called every second, some of them failing, sampled for some minutes.</summary>
internal sealed class JudgedHost : IDisposable, IAlertIntake, IRuleProblems
{
    public const int Tools = 100;

    private const int Dependencies = 10;
    private const int Samples = 70;
    private const double FailedShare = 0.001;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly MonitoredTools _host = new();
    private readonly Random _random = new(Tools);
    private readonly OperationCells[] _tools;
    private readonly Histogram[] _calls;
    private readonly Histogram[] _queries;
    private readonly SampleStore _store;
    private readonly SloTracker _book;
    private readonly RuleEvaluator _evaluator;
    private TimeSpan _now;

    public JudgedHost()
    {
        MetricsRegistry registry = _host.Registry;
        _tools = [.. Enumerable.Range(0, Tools).Select(i => _host.Tool(string.Create(CultureInfo.InvariantCulture, $"tool_{i}")))];
        HistogramFamily calls = registry.Histogram(DependencyMetricNames.IntegrationCallDuration);
        HistogramFamily queries = registry.Histogram(DependencyMetricNames.DbQueryDuration);
        GaugeFamily breakers = registry.Gauge(DependencyMetricNames.CircuitBreakerState);
        string[] names = [.. Enumerable.Range(0, Dependencies).Select(i => string.Create(CultureInfo.InvariantCulture, $"dependency_{i}"))];
        _calls = [.. names.SelectMany(name => (string[])["success", "error", "timeout"], (name, outcome) => calls.With(name, "get", outcome))];
        _queries = [.. names.SelectMany(name => (string[])["success", "error"], (name, outcome) => queries.With(name, "select", outcome))];
        foreach (string name in names)
        {
            breakers.With(name, "closed").Set(1);
            breakers.With(name, "open").Set(0);
        }

        _store = new SampleStore(new MetricsPage(registry), new InternalErrors(NullLoggerFactory.Instance, registry.Clock), Interval);
        _book = new SloTracker(registry);
        _book.Configure(
        [
            new SloDefinition("availability", new SloIndicator(SloKind.Availability), 0.995m),
            new SloDefinition("latency_200ms", new SloIndicator(SloKind.Latency, 0.2), 0.95m),
            new SloDefinition("latency_500ms", new SloIndicator(SloKind.Latency, 0.5), 0.99m),
        ],
            countsToolErrors: false);
        _evaluator = new RuleEvaluator(new RuleInputs { Series = _store, Objectives = new SloObjectives(_book) }, this, new AlertClock(TimeProvider.System), this);
        _evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), []));
        for (var i = 0; i < Samples; i++)
        {
            Call();
            Sample();
        }
    }

    /// <summary>Gets how many alerts there are.</summary>
    public int Changes { get; private set; }

    public EvaluationReport Evaluate()
    {
        _now += Interval;
        return _evaluator.Evaluate(_now);
    }

    public void Dispose() => _host.Dispose();

    void IAlertIntake.Pending(ActiveAlert alert) => Changes++;

    void IAlertIntake.Firing(ActiveAlert alert) => Changes++;

    void IAlertIntake.SeverityChanged(ActiveAlert alert) => Changes++;

    void IAlertIntake.Changed(ActiveAlert alert) => Changes++;

    void IAlertIntake.Resolved(ActiveAlert alert) => Changes++;

    void IRuleProblems.Failed(string what, Exception fault) => throw new InvalidOperationException(what, fault);

    void IRuleProblems.Disabled(string rule, string problem) => throw new InvalidOperationException($"{rule}: {problem}");

    private void Sample()
    {
        _now += Interval;
        _store.Sample(_now);
        _book.Sample(_now, DateTimeOffset.UnixEpoch + _now);
    }

    private void Call()
    {
        for (var second = 0; second < Interval.TotalSeconds; second++)
        {
            foreach (OperationCells tool in _tools)
            {
                tool.Started();
                tool.Ended(_random.NextDouble() < FailedShare ? OperationOutcome.ServerError : OperationOutcome.Success, Ticks(0.003, 60), 0, context: null);
            }

            foreach (Histogram calls in _calls.Where((_, i) => i % 3 == 0).Concat(_queries.Where((_, i) => i % 2 == 0)))
            {
                calls.Observe(Ticks(0.001, 50));
            }
        }
    }

    private long Ticks(double least, double spread) => _host.Registry.Clock.ToTicks(TimeSpan.FromSeconds(least * Math.Pow(spread, _random.NextDouble())));
}
