namespace Mcp.Monitoring.Tests.Configuration;

public class OptionsRulesTests
{
    [Fact]
    public void Defaults_have_no_fault()
    {
        Assert.Empty(OptionsRules.Check(_ => { }));
    }

    [Fact]
    public void Faults_of_all_sections_come_together()
    {
        string[] faults = OptionsRules.Check(options =>
        {
            options.Prometheus.Port = 0;
            options.Prometheus.SeriesCap = 0;
            options.Thresholds.AbandonedAfter = TimeSpan.Zero;
            options.Clients.Names = [""];
        });

        Assert.Equal(
            ["McpMonitoring:Prometheus:Port is 0.", "McpMonitoring:Prometheus:SeriesCap is 0.", "McpMonitoring:Thresholds:AbandonedAfter is 00:00:00.", "McpMonitoring:Clients:Names:0 is \"\"."],
            faults.Select(fault => fault[..(fault.IndexOf(". ", StringComparison.Ordinal) + 1)]).ToArray());
    }
}
