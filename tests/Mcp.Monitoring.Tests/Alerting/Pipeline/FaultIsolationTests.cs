using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

public class FaultIsolationTests
{
    [Fact]
    public void A_group_that_fails_is_reported_and_tried_again_a_minute_later_while_others_are_told()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpA", AlertSeverity.High, "1c").Description = UnreadableDescription.Until(scenario, TimeSpan.FromMinutes(1));
        scenario.Fire("McpB", AlertSeverity.High, "crm");

        scenario.At("05:00");

        Assert.Equal(["00:00:30 First high McpB", "00:01:30 First high McpA"], scenario.Told("telegram"));
        Assert.Single(scenario.Failures);
    }

    [Fact]
    public void An_alert_that_cannot_be_described_is_told_all_the_same()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpA", AlertSeverity.High, "1c");
        alert.Describe = () => throw new InvalidOperationException("no words");

        scenario.At("01:00");

        Assert.Equal(["00:00:30 First high McpA"], scenario.Told("telegram"));
        Assert.Contains("McpA of 1c", scenario.LastMessage.Text, StringComparison.Ordinal);
        Assert.NotEmpty(scenario.Failures);
    }

    [Fact]
    public void An_escalation_that_fails_leaves_others_to_be_called_and_is_tried_again()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpA", AlertSeverity.Critical, "1c");
        scenario.Fire("McpB", AlertSeverity.Critical, "crm");
        scenario.At("10:00");
        alert.Description = UnreadableDescription.Until(scenario, TimeSpan.FromMinutes(16));

        scenario.At("20:00");

        Assert.Equal(["00:15:05 Escalation critical McpB", "00:16:05 Escalation critical McpA"], scenario.Told("telegram").Skip(2));
    }
}
