using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Incidents;

/// <summary>What an incident is called, and what is written down of it.</summary>
public class IncidentTimelineTests
{
    [Theory]
    [InlineData("1c", "get_order", "orders-mcp/1c")]
    [InlineData(null, "get_order", "orders-mcp/get_order")]
    [InlineData("x", null, "orders-mcp/x")]
    [InlineData(null, null, "orders-mcp")]
    public void It_is_about_a_dependency_or_else_an_operation_or_else_the_service(string? dependency, string? operation, string key)
    {
        Assert.Equal(key, IncidentKey.Of(new AlertLabels([new("mcp_service", "orders-mcp"), new("dependency", dependency ?? ""), new("operation", operation ?? "")])));
    }

    [Fact]
    public void What_joins_later_is_written_down_and_what_comes_back_only_that_it_was_opened_again()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00");
        ActiveAlert other = scenario.Fire("McpUserRule", AlertSeverity.Medium, "1c");
        scenario.At("02:00").Resolve(other);
        scenario.Resolve(down);
        scenario.At("10:00").Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("11:00");

        Assert.Equal(
            ["opened", "1c: user rule (medium)", "resolved by itself", "opened again"],
            Assert.Single(scenario.Manager.ListIncidents()).Timeline.Select(entry => entry.What));
    }

    [Fact]
    public void A_comment_is_kept_up_to_500_characters()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna", new string('x', 501)));

        Assert.Equal($"acknowledged: {new string('x', 499)}…", scenario.Manager.ListIncidents().Single().Timeline[^1].What);
    }

    [Fact]
    public void Two_hundred_alerts_are_kept_each_once()
    {
        var incident = new OpenIncident(1, "a/b", TimeSpan.Zero);
        foreach (int i in Enumerable.Range(0, 201).Prepend(0))
        {
            incident.Add($"episode {i}");
        }

        Assert.Equal(200, incident.Episodes.Count);
        Assert.Equal("episode 199", incident.Episodes[^1]);
    }
}
