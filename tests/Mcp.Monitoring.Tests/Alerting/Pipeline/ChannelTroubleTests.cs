using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

public class ChannelTroubleTests
{
    [Fact]
    public void A_channel_that_was_down_all_the_while_hears_in_one_message_what_is_over()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.TakeDown("slack");
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00").Resolve(alert);
        scenario.At("20:00");
        scenario.BringUp("slack");

        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "00:10:00 Resolved high McpHttpErrors"], scenario.Told("telegram"));
        Assert.Equal(["00:23:15 Digest low 2 messages since 00:00 UTC went to telegram instead: 1 is over"], scenario.Told("slack"));
    }

    [Fact]
    public void A_channel_that_comes_back_hears_how_it_stands_and_then_the_end()
    {
        var scenario = new AlertScenario("slack");
        scenario.TakeDown("slack");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("20:00");
        scenario.BringUp("slack");
        scenario.At("25:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(["00:22:50 Escalation critical McpIntegrationDown", "00:25:00 Resolved critical McpIntegrationDown"], scenario.Told("slack"));
    }

    [Fact]
    public void An_end_is_not_told_where_the_beginning_was_refused_for_good()
    {
        var scenario = new AlertScenario("slack");
        scenario.Channel("slack").Forbid();
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00").Resolve(alert);
        scenario.BringUp("slack");
        scenario.At("1:00:00");

        Assert.Empty(scenario.Told());
        Assert.Empty(scenario.Log.All);
    }

    [Theory]
    [InlineData("23:50:00", true)]
    [InlineData("1.00:00:01", false)]
    public void What_is_no_alert_is_worth_sending_for_a_day(string worksFrom, bool isTold)
    {
        var scenario = new AlertScenario("telegram");
        scenario.TakeDown("telegram");
        scenario.Pipeline.Announce("unclean stop", "unclean stop", AlertSeverity.Medium);
        scenario.Step();

        scenario.At(worksFrom).BringUp("telegram");
        scenario.At("1.01:00:00");

        Assert.Equal(isTold, scenario.Told("telegram").Any(line => line.EndsWith(" Announcement medium unclean stop", StringComparison.Ordinal)));
    }
}
