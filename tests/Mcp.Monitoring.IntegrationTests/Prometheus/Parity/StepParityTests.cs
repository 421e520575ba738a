using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Tests.Sampling;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Parity;

/// <summary>Random rules over random series fire and resolve at the same evaluations in Prometheus (<c>promtool test rules</c>) and here.</summary>
public class StepParityTests
{
    private const int Rules = 60;
    private const int Steps = 160;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // What fires ends where nothing can be said of it, as in Prometheus.
    private static readonly RuleTiming Plain = new() { NoData = NoDataMode.Resolve };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rules_fire_and_resolve_at_the_same_evaluations(int seed)
    {
        string promtool = Programs.PromtoolOrSkip();
        var random = new Random(seed);
        RandomRule[] rules = [.. Enumerable.Range(0, Rules).Select(n => new RandomRule(random, n))];
        List<string>[] firing = [.. Enumerable.Range(0, Steps).Select(_ => new List<string>())];
        int changes = rules.Sum(rule => Run(rule, firing));
        Assert.InRange(changes, Rules, Rules * Steps);

        var folder = Directory.CreateTempSubdirectory("steps");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yml"), RulesFile(rules), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "test.yml"), TestFile(rules, firing), TestContext.Current.CancellationToken);
            await Command.RunAsync(folder.FullName, promtool, "test", "rules", "test.yml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>How often it began or ceased to fire.</returns>
    private static int Run(RandomRule rule, List<string>[] firing)
    {
        var history = new SeriesHistory();
        SampledSeries series = history.Add(rule.Metric, rule.IsCounter ? MetricKind.Counter : MetricKind.Gauge);
        var state = new LevelState();
        RuleTiming timing = Plain with { KeepFiringFor = rule.KeepFiringFor };
        int changes = 0;
        for (int step = 0; step < Steps; step++)
        {
            TimeSpan now = step * Interval;
            if (rule.Samples[step] is { } sample)
            {
                history.Record(series, now, sample);
            }

            history.Now = now;
            double value = rule.IsCounter ? history.Increase(series, RandomRule.Window) : history.Last(series);
            EvaluationResult verdict = double.IsNaN(value) ? EvaluationResult.NoData : value > rule.Threshold ? EvaluationResult.True : EvaluationResult.False;
            bool fired = state.IsFiring;
            state.Step(now, verdict, verdict, rule.For, timing, isWarm: true);
            changes += fired == state.IsFiring ? 0 : 1;
            if (state.IsFiring)
            {
                firing[step].Add(rule.Name);
            }
        }

        return changes;
    }

    private static string RulesFile(RandomRule[] rules)
    {
        var text = new StringBuilder("groups:\n- name: random\n  rules:\n");
        foreach (RandomRule rule in rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                  - alert: {rule.Name}
                    expr: {rule.Expression}
                    for: {rule.For.TotalSeconds}s
                    keep_firing_for: {rule.KeepFiringFor.TotalSeconds}s

                """);
        }

        return text.ToString();
    }

    private static string TestFile(RandomRule[] rules, List<string>[] firing)
    {
        var text = new StringBuilder($"rule_files: [rules.yml]\nevaluation_interval: {Interval.TotalSeconds}s\ntests:\n- interval: {Interval.TotalSeconds}s\n  input_series:\n");
        foreach (RandomRule rule in rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - series: {rule.Metric}\n    values: '{rule.Values}'\n");
        }

        text.Append("  alert_rule_test:\n");
        for (int step = 0; step < Steps; step++)
        {
            foreach (RandomRule rule in rules)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {{eval_time: {(step * Interval).TotalSeconds}s, alertname: {rule.Name}, exp_alerts: [{(firing[step].Contains(rule.Name, StringComparer.Ordinal) ? "{}" : "")}]}}\n");
            }
        }

        return text.ToString();
    }
}
