using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The samples of each level of each rule, judged by promtool: it must see what the process sees, minute by minute.</summary>
public sealed class RuleSamplesInPrometheusTests : IDisposable
{
    private const string Alerts = "ALERTS{alertstate=\"firing\"}";

    private readonly string _folder = Directory.CreateTempSubdirectory("samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_level_fires_and_recovers_as_in_the_process_and_stays_quiet_below_and_without_data()
    {
        string promtool = Programs.PromtoolOrSkip();
        Assert.NotEmpty(RuleSamples.All);

        // A file for each level, so that a sample is judged by one rule only; one program for all.
        await Command.RunAsync(_folder, promtool, ["test", "rules", .. RuleSamples.All.Select(Write)]);
    }

    [Fact]
    public void What_differs_in_Prometheus_has_a_reason()
    {
        LevelSamples[] others = [.. RuleSamples.All.Where(samples => samples.InPrometheus is not null)];

        Assert.NotEmpty(others);
        Assert.All(others, samples =>
        {
            Assert.NotEqual(samples.Firing, samples.InPrometheus);
            Assert.NotEmpty(samples.Because);
        });
    }

    private string Write(LevelSamples samples)
    {
        string name = $"{samples.Rule}-{samples.Level}";
        File.WriteAllText(Path.Combine(_folder, $"{name}-rules.yml"), ExportedSamples.File(ExportedSamples.Find(samples.Rule, samples.Level)));
        var test = new StringBuilder($"rule_files: [{name}-rules.yml]\nevaluation_interval: 1m\ntests:\n");
        Append(test, samples, "fires", samples.Fires, samples.InPrometheus ?? samples.Firing);
        Append(test, samples, "below", samples.Below, firing: null);
        Append(test, samples, "without data", samples.NoData, firing: null);
        if (samples.AlsoFires is { } also)
        {
            (_, int first, _) = Assert.Single(SampledRun.Of(SampledRun.RuleOf(samples.Rule, samples.Level), also, samples.Minutes));
            Append(test, $"{samples} also fires", also, samples.Minutes);
            Append(test, FirstOf(samples, "also fires"), samples.Minutes, samples.Labels, first);
        }

        File.WriteAllText(Path.Combine(_folder, $"{name}.yml"), test.ToString());
        return $"{name}.yml";
    }

    // The first minute, the last, and how many: it fires once, and for nothing else.
    private static void Append(StringBuilder test, LevelSamples samples, string name, string series, (int First, int Last)? firing)
    {
        Append(test, $"{samples} {name}", series, samples.Minutes);
        Append(test, FirstOf(samples, name), samples.Minutes, samples.Labels, firing?.First);
        Append(test, $"max{By(samples)} (max_over_time(timestamp({Alerts})[{samples.Minutes}m:1m])) / 60 # {samples} {name}, last", samples.Minutes, samples.Labels, firing?.Last);
        Append(test, $"sum(count_over_time({Alerts}[{samples.Minutes}m])) # {samples} {name}, minutes", samples.Minutes, "", firing?.Last - firing?.First + 1);
    }

    private static void Append(StringBuilder test, string name, string series, int minutes)
    {
        test.Append(CultureInfo.InvariantCulture, $"- name: {name}\n  interval: 1m\n  input_series:\n");
        test.Append(ExportedSamples.Series(series, minutes));
        test.Append("  promql_expr_test:\n");
    }

    private static void Append(StringBuilder test, string expression, int minutes, string labels, double? expected)
    {
        test.Append(CultureInfo.InvariantCulture, $"  - expr: '{expression}'\n    eval_time: {minutes - 1}m\n    exp_samples:\n");
        if (expected is not null)
        {
            test.Append(CultureInfo.InvariantCulture, $"    - labels: '{{{labels}}}'\n      value: {expected}\n");
        }
    }

    // What promtool says of a failure is the expression only: so that tells whose it is.
    private static string FirstOf(LevelSamples samples, string name) => $"min{By(samples)} (min_over_time(timestamp({Alerts})[{samples.Minutes}m:1m])) / 60 # {samples} {name}, first";

    private static string By(LevelSamples samples) => samples.Labels.Length == 0 ? "" : $" by ({string.Join(", ", samples.Labels.Split(',').Select(label => label.Split('=')[0]))})";
}
