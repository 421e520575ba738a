using System.Globalization;
using System.Text;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>What Prometheus says of the dependencies that an alert comes from.</summary>
public sealed class BlamedDependenciesInPrometheusTests : IDisposable
{
    private const string Of = "job=\"mcp\",mcp_service=\"orders\"", Begin = "{{ with printf";
    private const string Failing = "mcp_operations_total{" + Of + ",operation_type=\"tools\",operation=\"OPERATION\",outcome=\"server_error\"} 0+3x60";
    private const string Slow = "mcp_operation_duration_seconds_bucket{" + Of + ",operation_type=\"tools\",operation=\"OPERATION\",status=\"success\",le=\"EDGE\"}";

    private readonly string _folder = Directory.CreateTempSubdirectory("blamed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Series of a minute each, and what is said after an hour.</summary>
    [Theory]
    [InlineData("get_order", "", "")]
    [InlineData("get_order", "mcp_errors_total{SERVICE,OPERATION,outcome=\"server_error\",dependency=\"none\"} 0+2x60", "")]
    [InlineData("get_order", "mcp_errors_total{SERVICE,OPERATION,outcome=\"server_error\",dependency=\"1c\"} 0+2x60; mcp_errors_total{SERVICE,OPERATION,outcome=\"server_error\",dependency=\"stock\"} 0+1x60", " Errors of dependencies in 10 min: 1c 20, stock 10.")]
    [InlineData("get_order", "mcp_errors_total{SERVICE,OPERATION,outcome=\"client_error\",dependency=\"1c\"} 0+2x60", "")]
    [InlineData("get_order", "mcp_errors_total{SERVICE,operation_type=\"tools\",operation=\"other\",outcome=\"server_error\",dependency=\"1c\"} 0+2x60", "")]
    [InlineData("get_order", "mcp_errors_total{job=\"mcp\",mcp_service=\"prices\",OPERATION,outcome=\"server_error\",dependency=\"1c\"} 0+2x60", "")]
    [InlineData("a\"b\\c{{ . }}`%q", "mcp_errors_total{SERVICE,OPERATION,outcome=\"server_error\",dependency=\"1c\"} 0+2x60", " Errors of dependencies in 10 min: 1c 20.")]
    public Task Tool_that_fails_names_the_dependencies_that_its_errors_come_from(string operation, string series, string expected) =>
        AssertSaysAsync("McpToolFailing", 2, operation, $"{Failing}; {series}", expected);

    [Fact]
    public Task Tool_that_is_slow_names_the_dependencies_that_its_time_is_spent_in() => AssertSaysAsync(
        "McpSlowOperations",
        0,
        "get_order",
        $"{Slow.Replace("EDGE", "0.2", StringComparison.Ordinal)} 0+10x100 1000x40; {Slow.Replace("EDGE", "5", StringComparison.Ordinal)} 0+10x140; {Slow.Replace("EDGE", "+Inf", StringComparison.Ordinal)} 0+10x140; "
            + "mcp_operation_duration_seconds_count{SERVICE,OPERATION,status=\"success\"} 0+10x140; mcp_operation_dependency_seconds_total{SERVICE,operation=\"get_order\",dependency=\"1c\"} 0+18x140",
        " Time in dependencies in 5 min: 1c 1m 30s.",
        minutes: 120);

    private async Task AssertSaysAsync(string rule, int level, string operation, string series, string expected, int minutes = 60)
    {
        string promtool = Programs.PromtoolOrSkip();
        ExportedRule exported = ExportedSamples.Find(rule, level).Exported;
        string description = exported.Annotations.Single(annotation => annotation.Key == "description").Value;
        ExportedRule saying = exported with { Labels = [], Annotations = [new("description", description[description.IndexOf(Begin, StringComparison.Ordinal)..])] };
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), ExportedSamples.File([.. ExportedSamples.Recorded, saying]), TestContext.Current.CancellationToken);

        string quoted = operation.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var test = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        foreach (string one in series.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            string labelled = one.Replace("SERVICE", Of, StringComparison.Ordinal).Replace("operation=\"OPERATION\"", $"operation=\"{quoted}\"", StringComparison.Ordinal)
                .Replace("OPERATION", $"operation_type=\"tools\",operation=\"{quoted}\"", StringComparison.Ordinal);
            int end = labelled.LastIndexOf('}') + 1;
            test.Append(CultureInfo.InvariantCulture, $"  - series: '{labelled[..end]}'\n    values: '{labelled[end..].Trim()}'\n");
        }

        test.Append(CultureInfo.InvariantCulture, $"""
              alert_rule_test:
              - eval_time: {minutes}m
                alertname: {rule}
                exp_alerts:
                - exp_labels: {Braces($"job: mcp, mcp_service: orders, operation_type: tools, operation: '{operation}'")}
                  exp_annotations: {Braces($"description: '{expected}'")}

            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "test.yml"), test.ToString(), TestContext.Current.CancellationToken);
        await Command.RunAsync(_folder, promtool, "test", "rules", "test.yml");
    }

    private static string Braces(string text) => $"{{{text}}}";
}
