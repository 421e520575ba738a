using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>A server whose numbers a test makes up, with the rules that judge it: sampled every 5 seconds, evaluated every 15.</summary>
internal sealed class RuleWorld : IObjectiveSource, IRuleProblems, IRecentClients
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time;
    private readonly Dictionary<string, OperationTraits> _traits = new(StringComparer.Ordinal);
    private int _steps;
    private int _stepsBetween = 3;

    /// <param name="options">Changes to the catalogue, and rules of one's own.</param>
    /// <param name="thresholds">Limits.</param>
    /// <param name="startsAt">The time of day at which the process starts.</param>
    /// <param name="service">The service, where alerts carry it.</param>
    public RuleWorld(IEnumerable<AlertRuleOptions>? options = null, ThresholdOptions? thresholds = null, TimeSpan startsAt = default, string? service = null)
    {
        _time = new FakeTimeProvider(Midnight + startsAt);
        Clock = new AlertClock(_time);
        Alerts = new SeenAlerts(() => Clock.Now);
        Availability = new GivenObjective("availability", SloKind.Availability, 0.995, () => Clock.Now);
        Fast = new GivenObjective("latency_200ms", SloKind.Latency, 0.95, () => Clock.Now);
        Objectives = [Availability, Fast];
        Evaluator = new RuleEvaluator(
            new RuleInputs
            {
                Series = Samples,
                Objectives = this,
                Signals = Signals,
                Clients = this,
                Traits = (_, operation) => _traits.GetValueOrDefault(operation, OperationTraits.None),
                Service = service,
                Texts = () => Texts,
            },
            Alerts,
            Clock,
            this);
        Evaluator.Use(RuleCatalogue.Build(thresholds ?? new ThresholdOptions(), options ?? []));
    }

    public AlertClock Clock { get; }

    public SteadySamples Samples { get; } = new();

    public SaidSignals Signals { get; } = new();

    public SeenAlerts Alerts { get; }

    public GivenObjective Availability { get; }

    public GivenObjective Fast { get; }

    public RuleEvaluator Evaluator { get; }

    public EvaluationReport LastReport { get; private set; }

    public List<string> Problems { get; } = [];

    public string? Client { get; set; }

    /// <summary>Gets or sets the language of messages.</summary>
    public AlertTexts Texts { get; set; } = AlertTexts.English;

    public IReadOnlyList<IObjective> Objectives { get; }

    public TimeSpan Now => Clock.Now;

    /// <summary>Lets time pass; something happens before each sample.</summary>
    public RuleWorld Run(TimeSpan time, Action<TimeSpan>? happens = null)
    {
        for (TimeSpan end = Now + time; Now < end;)
        {
            happens?.Invoke(Now);
            Samples.Sample();
            if (_steps++ % _stepsBetween == 0)
            {
                LastReport = Evaluator.Evaluate(Now);
            }

            _time.Advance(SteadySamples.Step);
        }

        return this;
    }

    public RuleWorld Minutes(double minutes, Action<TimeSpan>? happens = null) => Run(TimeSpan.FromMinutes(minutes), happens);

    /// <summary>Lets things happen so many times a minute, evenly.</summary>
    public RuleWorld Minutes(double minutes, double perMinute, Action happens)
    {
        double due = 0;
        return Minutes(minutes, _ =>
        {
            for (due += perMinute * SteadySamples.Step.TotalMinutes; due >= 1 - 1e-9; due--)
            {
                happens();
            }
        });
    }

    /// <summary>Has the rules evaluated every 5 minutes only.</summary>
    public RuleWorld Coarsely()
    {
        _stepsBetween = 60;
        Evaluator.Interval = _stepsBetween * SteadySamples.Step;
        return this;
    }

    public void Describe(string operation, OperationTraits traits) => _traits[operation] = traits;

    /// <summary>Calls of a tool end.</summary>
    public void Call(string operation, string outcome = "success", double number = 1, double seconds = 0.05, string type = "tools")
    {
        Samples.Count(MetricNames.Operations, number, type, operation, outcome);
        if (outcome is "success" or "tool_error" or "server_error")
        {
            Samples.Observe(MetricNames.OperationDuration, seconds, number, type, operation, outcome == "success" ? "success" : "error");
        }
    }

    /// <summary>Calls of a tool fail, by the fault of a dependency if one is named.</summary>
    public void Fail(string operation, double number = 1, string dependency = "none", string errorType = "internal")
    {
        Call(operation, "server_error", number);
        Samples.Count(MetricNames.Errors, number, errorType, "server_error", "tools", operation, dependency);
    }

    public void Integration(string dependency, string outcome, double number = 1, double seconds = 0.1, string call = "get") =>
        Samples.Observe(DependencyMetricNames.IntegrationCallDuration, seconds, number, dependency, call, outcome);

    public void Query(string dependency, string outcome = "success", double number = 1, double seconds = 0.01) =>
        Samples.Observe(DependencyMetricNames.DbQueryDuration, seconds, number, dependency, "select", outcome);

    public void Breaker(string dependency, string current)
    {
        foreach (string state in (string[])["closed", "open", "half_open", "isolated"])
        {
            Samples.Set(DependencyMetricNames.CircuitBreakerState, state == current ? 1 : 0, dependency, state);
        }
    }

    public bool HasFired(string rule) => Alerts.Fired.Any(alert => alert.Rule == rule);

    public ActiveAlert Firing(string rule) => Assert.Single(Alerts.Firing, alert => alert.Rule == rule);

    /// <summary>Gets what would be said of an alert now.</summary>
    public AlertDescription Said(string rule) => Firing(rule).Describe!();

    /// <summary>Lets time pass in which nobody looks.</summary>
    public void Suspend(TimeSpan time)
    {
        for (TimeSpan end = Now + time; Now < end;)
        {
            Samples.Sample();
            _time.Advance(SteadySamples.Step);
            _steps++;
        }
    }

    string? IRecentClients.MostAtFault(string operationType, string operation) => Client;

    void IRuleProblems.Failed(string what, Exception fault) => Problems.Add($"{what}: {fault.Message}");

    void IRuleProblems.Disabled(string rule, string problem) => Problems.Add($"{rule} is disabled: {problem}");
}
