using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

public class GroupingTests
{
    [Fact]
    public void An_acknowledged_outage_is_one_message_and_one_resolve()
    {
        var scenario = new AlertScenario("telegram", "log");

        scenario.At("03:00");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("10:00");
        Assert.True(scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna")));
        scenario.At("43:00").Resolve(alert);
        scenario.At("6:00:00");

        Assert.Equal(["00:03:05 First critical McpIntegrationDown", "00:43:00 Resolved critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Equal(scenario.Told("telegram"), scenario.Told("log"));
    }

    [Fact]
    public void Forty_tools_that_fail_together_are_one_message_that_names_ten_and_a_later_one_is_an_update()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "slack");

        for (int tool = 0; tool < 40; tool++)
        {
            scenario.Fire("McpToolFailing", AlertSeverity.High, operation: $"tool_{tool}");
        }

        scenario.At("01:00");
        AlertNotification first = Assert.Single(scenario.Delivered).Notification;
        scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "tool_40");
        scenario.At("30:00");

        Assert.Equal(["00:00:30 First high McpToolFailing", "00:01:30 Update high McpToolFailing"], scenario.Told("slack"));
        Assert.Equal(40, first.AlertCount);
        Assert.Equal(10, first.Alerts.Count);
        Assert.Contains("and 30 more", first.Text, StringComparison.Ordinal);
        Assert.Contains("1 more, 41 in all", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp_service")]
    [InlineData("dependency")]
    public void What_goes_on_is_told_again_to_the_second_whatever_the_group_interval_is(string by)
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = [by], Interval = TimeSpan.FromMinutes(7) } }, "slack");

        scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        scenario.At("12:30:00");

        Assert.Equal(
            [
                "00:00:30 First high McpToolFailing", "04:00:30 Repeat high McpToolFailing", "08:00:30 Repeat high McpToolFailing", "12:00:30 Repeat high McpToolFailing",
            ],
            scenario.Told("slack"));
    }

    [Fact]
    public void What_is_over_before_the_group_has_waited_is_not_told()
    {
        var scenario = new AlertScenario("telegram", "slack", "log");

        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        scenario.At("00:29").Resolve(alert);
        scenario.At("5:00:00");

        Assert.Empty(scenario.Told());
    }

    [Fact]
    public void An_alert_that_becomes_critical_is_told_at_once()
    {
        var scenario = new AlertScenario("telegram", "email");

        ActiveAlert alert = scenario.Fire("McpCircuitBreakerOpen", AlertSeverity.High, "1c");
        scenario.At("01:00").Worsen(alert, AlertSeverity.Critical);
        scenario.At("20:00").Resolve(alert);
        scenario.At("2:00:00");

        Assert.Equal(
            ["00:00:30 First high McpCircuitBreakerOpen", "00:01:00 Update critical McpCircuitBreakerOpen", "00:16:00 Escalation critical McpCircuitBreakerOpen", "00:20:00 Resolved critical McpCircuitBreakerOpen"],
            scenario.Told("telegram"));
        Assert.Equal(
            ["00:01:00 First critical McpCircuitBreakerOpen", "00:16:00 Escalation critical McpCircuitBreakerOpen", "00:20:00 Resolved critical McpCircuitBreakerOpen"],
            scenario.Told("email"));
    }
}
