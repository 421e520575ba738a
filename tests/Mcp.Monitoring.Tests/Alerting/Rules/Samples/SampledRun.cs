using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Evaluates one level of a rule each minute in the process, and remembers who fired.</summary>
internal sealed class SampledRun : IAlertIntake, IRuleProblems
{
    private readonly List<ActiveAlert> _fired = [];

    private SampledRun()
    {
    }

    /// <summary>Gets a level as a rule of its own; a rule that is off is on.</summary>
    public static AlertRule RuleOf(string name, int level)
    {
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), []).Single(rule => rule.Name == name);
        RuleLevel judged = level < rule.Levels.Count
            ? rule.Levels[level]
            : rule.Levels[0] with { Severity = rule.Raise!.Severity, Condition = rule.Levels[0].Condition.And(rule.Raise.Condition) };
        return rule with { Levels = [judged], Raise = null, IsEnabled = true, IsExportedOnly = false };
    }

    /// <returns>The first and the last minute at which each of its alerts fired.</returns>
    public static IReadOnlyList<(ActiveAlert Alert, int First, int Last)> Of(AlertRule rule, string series, int minutes)
    {
        var samples = new MinuteSamples(SampleSeries.Read(series, minutes));
        var time = new FakeTimeProvider();
        var run = new SampledRun();
        var evaluator = new RuleEvaluator(new RuleInputs { Series = samples, Objectives = samples }, run, new AlertClock(time), run) { Interval = TimeSpan.FromMinutes(1), WarmUp = TimeSpan.Zero };
        evaluator.Use([rule]);
        for (; samples.Minute < minutes; samples.Minute++)
        {
            evaluator.Evaluate(samples.Now);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        return [.. run._fired.Select(alert => (alert, (int)alert.FiredAt!.Value.TotalMinutes, alert.ResolvedAt is { } end ? (int)end.TotalMinutes - 1 : minutes - 1))];
    }

    void IAlertIntake.Firing(ActiveAlert alert) => _fired.Add(alert);

    void IAlertIntake.Pending(ActiveAlert alert)
    {
    }

    void IAlertIntake.SeverityChanged(ActiveAlert alert)
    {
    }

    void IAlertIntake.Changed(ActiveAlert alert)
    {
    }

    void IAlertIntake.Resolved(ActiveAlert alert)
    {
    }

    void IRuleProblems.Failed(string what, Exception fault) => Assert.Fail($"{what}: {fault}");

    void IRuleProblems.Disabled(string rule, string problem) => Assert.Fail($"{rule} is disabled: {problem}");
}
