using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Artifacts.Examples;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>The examples of configuration, as the tools of those who read them check them.</summary>
public sealed class ExamplesTests : IDisposable
{
    private static readonly string[] RuleFiles = ["critical_alerts.yaml", "medium_and_low_alerts.yaml", "slo_alerts.yaml", "recording_rules.yaml"];

    private readonly string _folder = Directory.CreateTempSubdirectory("examples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(15)]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Prometheus_takes_its_example_beside_the_files_of_rules(int seconds)
    {
        string promtool = Programs.PromtoolOrSkip();
        foreach (string file in RuleFiles)
        {
            await WriteAsync(file, "groups: []\n");
        }

        await WriteAsync("prometheus.yml", ExampleInputs.File(ExampleInputs.Prometheus, ExampleInputs.Of(new ArtifactOptions { ScrapeInterval = TimeSpan.FromSeconds(seconds) })));

        string said = await Command.RunAsync(_folder, promtool, "check", "config", "prometheus.yml");

        Assert.Contains("4 rule files found", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("billing", "it's \"ours\" #1")]
    public async Task Alertmanager_takes_its_example(params string[] owners)
    {
        string amtool = Programs.AmtoolOrSkip();
        AlertRuleOptions own = new() { Name = "OrdersLate", Metric = "orders_late", Threshold = 1 };
        await WriteAsync("alertmanager.yml", ExampleInputs.File(ExampleInputs.Alertmanager, ExampleInputs.Of(owners: owners, rules: [own])));

        await Command.RunAsync(_folder, amtool, "check-config", "alertmanager.yml");
    }

    [Theory]
    [InlineData("mcp-critical", "alertname=McpIntegrationDown severity=critical dependency=1c")]
    [InlineData("mcp-high", "alertname=McpToolFailing severity=high operation_type=tools operation=get_order team=mcp")]
    [InlineData("mcp-medium", "alertname=McpSlowQueries severity=medium dependency=orders_db")]
    [InlineData("mcp-low", "alertname=McpSeriesLimited severity=low metric=mcp_operations_total")]
    [InlineData("mcp-high", "alertname=OrdersLate severity=high")]
    [InlineData("team-billing,mcp-high", "alertname=McpToolFailing severity=high operation=pay team=billing")]
    [InlineData("mcp-medium", "alertname=McpToolErrors severity=medium operation=pay team=billing")]
    [InlineData("others", "alertname=NodeDown severity=critical")]
    public async Task Alert_is_told_by_severity_and_to_its_team(string receivers, string labels)
    {
        string amtool = Programs.AmtoolOrSkip();
        AlertRuleOptions own = new() { Name = "OrdersLate", Metric = "orders_late", Threshold = 1 };
        await WriteAsync("alertmanager.yml", ExampleInputs.File(ExampleInputs.Alertmanager, ExampleInputs.Of(owners: ["billing"], rules: [own])));

        string said = await Command.RunAsync(_folder, amtool, ["config", "routes", "test", "--config.file=alertmanager.yml", .. labels.Split(' ')]);

        Assert.Equal(receivers, said.Trim());
    }

    private Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder, file), text, TestContext.Current.CancellationToken);
}
