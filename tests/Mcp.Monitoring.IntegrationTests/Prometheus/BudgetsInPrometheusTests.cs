using System.Globalization;
using System.Text;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>Error budgets as Prometheus records and judges them, from the counters of two instances that are scraped every 15 seconds.</summary>
public sealed class BudgetsInPrometheusTests : IDisposable
{
    private const int PerMinute = 4;
    private const int Minutes = 140;
    private const string Of = "operation_type=\"tools\",operation=\"prices\",job=\"mcp\",mcp_service=\"orders\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("budgets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    // From the minute 60 on for 50 minutes: of the calls fails a third, a tenth (20 times the budget of 0.5 %), one in twenty.
    [InlineData("outcome=\"server_error\"", 0.33, "availability", true)]
    [InlineData("outcome=\"server_error\"", 0.1, "availability", true)]
    [InlineData("outcome=\"server_error\"", 0.05, "availability", false)]
    // What the tool itself says is no failure of the server.
    [InlineData("outcome=\"tool_error\"", 0.33, "availability", false)]
    public async Task Budget_burns_where_calls_fail_also_where_a_scrape_is_lost(string failing, double share, string slo, bool fires)
    {
        var series = new StringBuilder();
        foreach (string instance in (string[])["a", "b"])
        {
            Append(series, $"mcp_operations_total{{{Of},instance=\"{instance}\",outcome=\"success\"}}", minute => IsBad(minute) ? 30 * (1 - share) : 30);
            Append(series, $"mcp_operations_total{{{Of},instance=\"{instance}\",{failing}}}", minute => IsBad(minute) ? 30 * share : 0);
        }

        await JudgeAsync(series.ToString(), "McpAvailabilityBurn", "availability_1h", slo, fires);
    }

    [Theory]
    // 95 % within 0.2 s, 99 % within 0.5 s.
    [InlineData(1, "latency_p95", true)]
    [InlineData(0.6, "latency_p95", false)]
    [InlineData(0.5, "latency_p99", true)]
    public async Task Budget_burns_where_calls_are_slower_than_an_edge(double share, string slo, bool fires)
    {
        var series = new StringBuilder();
        foreach (string le in (string[])["0.1", "0.2", "0.5", "1", "+Inf"])
        {
            // Slow ones take a second.
            bool isFast = le is not ("1" or "+Inf");
            Append(series, $"mcp_operation_duration_seconds_bucket{{{Of},status=\"success\",le=\"{le}\"}}", minute => IsBad(minute) && isFast ? 60 * (1 - share) : 60);
        }

        Append(series, $"mcp_operation_duration_seconds_count{{{Of},status=\"success\"}}", _ => 60);
        await JudgeAsync(series.ToString(), "McpLatencyBurn", "latency_1h", slo, fires);
    }

    private static bool IsBad(int minute) => minute is >= 60 and < 110;

    private static void Append(StringBuilder series, string name, Func<int, double> perMinute)
    {
        double value = 0;
        series.Append(CultureInfo.InvariantCulture, $"  - series: '{name}'\n    values: '");
        for (int i = 0; i < Minutes * PerMinute; i++)
        {
            value += perMinute(i / PerMinute) / PerMinute;
            bool isLost = i == (65 * PerMinute) + 1;
            series.Append(CultureInfo.InvariantCulture, $"{(isLost ? "stale" : Math.Round(value, 6))} ");
        }

        series.Append("'\n");
    }

    // Fires for all instances together, and is over a quarter of an hour after the end.
    private async Task JudgeAsync(string series, string alert, string condition, string slo, bool fires)
    {
        string promtool = Programs.PromtoolOrSkip();
        foreach ((string path, RuleGroup group) in RuleArtifacts.Groups(UsualInputs.Value).Where(file => file.Path is RuleArtifacts.Slo or RuleArtifacts.Recording))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, Path.GetFileName(path)), RuleYaml.File(group), TestContext.Current.CancellationToken);
        }

        string firing = $"ALERTS{{alertstate=\"firing\",alertname=\"{alert}\",condition=\"{condition}\",slo=\"{slo}\"}}";
        string labels = "{job=\"mcp\",mcp_service=\"orders\"}";
        string test = $"""
            rule_files: [{Path.GetFileName(RuleArtifacts.Slo)}, {Path.GetFileName(RuleArtifacts.Recording)}]
            evaluation_interval: 15s
            tests:
            - interval: 15s
              input_series:
            {series}
              promql_expr_test:
              - expr: 'count by (job, mcp_service) ({firing})'
                eval_time: 59m
                exp_samples: []
              - expr: 'count by (job, mcp_service) ({firing})'
                eval_time: 108m
                exp_samples: [{(fires ? $"{{labels: '{labels}', value: 1}}" : "")}]
              - expr: 'count by (job, mcp_service) ({firing})'
                eval_time: 125m
                exp_samples: []
            """;
        await File.WriteAllTextAsync(Path.Combine(_folder, "test.yml"), test, TestContext.Current.CancellationToken);
        await Command.RunAsync(_folder, promtool, "test", "rules", "test.yml");
    }
}
