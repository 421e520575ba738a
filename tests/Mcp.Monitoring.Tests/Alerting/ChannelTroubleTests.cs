using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting;

public class ChannelTroubleTests
{
    [Fact]
    public void A_channel_that_was_down_all_the_while_hears_nothing_of_what_is_over()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.Outbox.TakeDown("slack");
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00").Resolve(alert);
        scenario.At("20:00");
        scenario.Outbox.BringUp("slack");

        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "00:10:00 Resolved high McpHttpErrors"], scenario.Told("telegram"));
        Assert.Empty(scenario.Told("slack"));
    }

    [Fact]
    public void A_channel_that_comes_back_hears_how_it_stands_and_then_the_end()
    {
        var scenario = new AlertScenario("slack");
        scenario.Outbox.TakeDown("slack");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("20:00");
        scenario.Outbox.BringUp("slack");
        scenario.At("25:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(["00:20:00 Escalation critical McpIntegrationDown", "00:25:00 Resolved critical McpIntegrationDown"], scenario.Told("slack"));
    }

    [Fact]
    public void An_end_is_marked_as_news_for_a_channel_whose_beginning_was_lost()
    {
        var scenario = new AlertScenario("slack");
        scenario.Outbox.Kill("slack");
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00").Resolve(alert);

        OutboxMessage end = scenario.Outbox.All[^1];
        Assert.Equal((NotificationKind.Resolved, false), (end.Notification.Kind, end.IsKnownToChannel));
        Assert.Empty(scenario.Told());
    }
}
