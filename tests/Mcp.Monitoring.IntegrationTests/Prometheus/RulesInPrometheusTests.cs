using System.Globalization;
using System.Text;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The rules as they are written for Prometheus, read and judged by its own tool.</summary>
public sealed class RulesInPrometheusTests : IDisposable
{
    private const string Roots = "operation_type=\"tools\",operation=\"prices\"", Others = "operation_type=\"tools\",operation=\"orders\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_level_of_every_rule_is_an_expression()
    {
        string promtool = Programs.PromtoolOrSkip();
        string file = Write();

        // It ends with 1 where one is none.
        await Command.RunAsync(_folder, promtool, "check", "rules", file);
    }

    /// <summary>Series of a minute each; what is called for two hours, and which rule fires at its end, for whom.</summary>
    [Theory]
    // Nothing at all: nothing fires.
    [InlineData("", "")]
    // A tool that fails, beside one that does not.
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"server_error\"} 0+2x120; mcp_operations_total{" + Others + ",outcome=\"success\"} 0+9x120", "McpToolFailing prices|McpToolErrors prices")]
    // The same tool with a success meanwhile: of most of its calls.
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"server_error\"} 0+2x120; mcp_operations_total{" + Roots + ",outcome=\"success\"} 0x115 1 1 1 1 1; mcp_operations_total{" + Others + ",outcome=\"success\"} 0+9x120", "McpToolFailing prices|McpToolErrors prices")]
    // Two tools that fail, and nothing else: it is the server.
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"server_error\"} 0+2x120; mcp_operations_total{" + Others + ",outcome=\"server_error\"} 0+2x120", "McpServerFailing|McpToolFailing orders|McpToolFailing prices|McpToolErrors orders|McpToolErrors prices")]
    // One call in fifty of many.
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"server_error\"} 0+2x120; mcp_operations_total{" + Roots + ",outcome=\"success\"} 0+98x120", "McpErrorRatioHigh|McpErrorTargetMissed")]
    // A dependency that fails; another answers.
    [InlineData("mcp_integration_call_duration_seconds_count{dependency=\"1c\",outcome=\"error\"} 0+2x120; mcp_integration_call_duration_seconds_count{dependency=\"crm\",outcome=\"success\"} 0+9x120", "McpIntegrationDown 1c|McpIntegrationErrors 1c")]
    // Errors of connecting alone, no query: the metric of queries has no series.
    [InlineData("mcp_db_connection_errors_total{dependency=\"stock\"} 0+2x120", "McpDatabaseErrors stock")]
    // Queries alone, of which some fail.
    [InlineData("mcp_db_query_duration_seconds_count{dependency=\"stock\",outcome=\"error\"} 0+2x120; mcp_db_query_duration_seconds_count{dependency=\"stock\",outcome=\"success\"} 0+9x120", "McpDatabaseErrors stock")]
    // A client in a loop; success has no series.
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"client_error\"} 0+20x120", "McpClientLooping prices")]
    [InlineData("mcp_operations_total{" + Roots + ",outcome=\"client_error\"} 0+20x120; mcp_operations_total{" + Roots + ",outcome=\"success\"} 0+1x120", "")]
    // Retries of a dependency that is no database.
    [InlineData("mcp_retry_attempts_total{dependency=\"1c\"} 0+4x120; mcp_integration_call_duration_seconds_count{dependency=\"1c\",outcome=\"success\"} 0+9x120", "McpRetriesHigh 1c")]
    // A cache that nobody hits: hits have no series.
    [InlineData("mcp_cache_requests_total{cache=\"prices\",result=\"miss\"} 0+100x120", "McpCacheHitsLow prices")]
    // Both windows of an objective burn; of another only one.
    [InlineData("job_mcp_service_slo:mcp_slo_burn_rate:rate1h{slo=\"fast\",kind=\"availability\"} 20x120; job_mcp_service_slo:mcp_slo_burn_rate:rate5m{slo=\"fast\",kind=\"availability\"} 20x120; job_mcp_service_slo:mcp_slo_burn_rate:rate1m{slo=\"fast\",kind=\"availability\"} 20x120; job_mcp_service_slo:mcp_slo_calls:increase1h{slo=\"fast\",kind=\"availability\"} 1000x120; job_mcp_service_slo:mcp_slo_bad_calls:increase1h{slo=\"fast\",kind=\"availability\"} 100x120; job_mcp_service_slo:mcp_slo_burn_rate:rate1h{slo=\"slow\",kind=\"availability\"} 20x120; job_mcp_service_slo:mcp_slo_burn_rate:rate5m{slo=\"slow\",kind=\"availability\"} 1x120; job_mcp_service_slo:mcp_slo_burn_rate:rate1m{slo=\"slow\",kind=\"availability\"} 1x120; job_mcp_service_slo:mcp_slo_calls:increase1h{slo=\"slow\",kind=\"availability\"} 1000x120; job_mcp_service_slo:mcp_slo_bad_calls:increase1h{slo=\"slow\",kind=\"availability\"} 100x120", "McpAvailabilityBurn fast")]
    [InlineData("job_mcp_service_slo:mcp_slo_burn_rate:rate1d{slo=\"time\",kind=\"latency\"} 4x120; job_mcp_service_slo:mcp_slo_burn_rate:rate2h{slo=\"time\",kind=\"latency\"} 4x120; job_mcp_service_slo:mcp_slo_burn_rate:rate5m{slo=\"time\",kind=\"latency\"} 4x120; job_mcp_service_slo:mcp_slo_calls:increase1d{slo=\"time\",kind=\"latency\"} 1000x120; job_mcp_service_slo:mcp_slo_bad_calls:increase1d{slo=\"time\",kind=\"latency\"} 100x120", "McpBudgetSlowBurn time")]
    // A circuit that is open.
    [InlineData("mcp_circuit_breaker_state{dependency=\"1c\",state=\"open\"} 1x120; mcp_circuit_breaker_state{dependency=\"1c\",state=\"closed\"} 0x120", "McpCircuitBreakerOpen 1c")]
    // A server that has gone.
    [InlineData("mcp_start_time_seconds 1x80 _x40", "McpMetricsAbsent")]
    public async Task Rule_fires_for_what_it_is_about_and_no_other(string series, string expected)
    {
        string promtool = Programs.PromtoolOrSkip();
        Write();
        var test = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 5m\ntests:\n- interval: 1m\n  input_series:\n");
        foreach (string one in series.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int end = one.LastIndexOf('}') is >= 0 and var brace ? brace + 1 : one.IndexOf(' ', StringComparison.Ordinal);
            test.Append(CultureInfo.InvariantCulture, $"  - series: '{one[..end]}'\n    values: '{one[end..].Trim()}'\n");
        }

        // Whatever fires, and for whom: the name of an alert and the one label that tells.
        test.Append(CultureInfo.InvariantCulture, $"  promql_expr_test:\n  - expr: '{Fired}'\n    eval_time: 2h\n    exp_samples:\n");
        foreach (string fired in expected.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = fired.Split(' ');
            test.Append(CultureInfo.InvariantCulture, $"    - labels: '{{alertname=\"{parts[0]}\"{(parts.Length > 1 ? $",about=\"{parts[1]}\"" : "")}}}'\n      value: 1\n");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "test.yml"), test.ToString(), TestContext.Current.CancellationToken);
        await Command.RunAsync(_folder, promtool, "test", "rules", "test.yml");
    }

    private static string Fired { get; } =
        "group by (alertname, about) (label_join(ALERTS{alertstate=\"firing\"}, \"about\", \"\", \"operation\", \"dependency\", \"slo\", \"cache\"))";

    private string Write()
    {
        string file = Path.Combine(_folder, "rules.yml");
        File.WriteAllText(file, ExportedSamples.File(ExportedSamples.Alerts));
        return file;
    }
}
