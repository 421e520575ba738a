using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>Channels are switched on and off while something goes on.</summary>
public class ReloadedChannelsTests
{
    [Fact]
    public void What_goes_on_is_told_to_a_channel_that_is_switched_on_and_so_is_its_end()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.Reload("telegram");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00").Reload("telegram", "slack");
        scenario.At("06:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(["00:00:05 First critical McpIntegrationDown", "00:06:00 Resolved critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Equal(["00:05:00 First critical McpIntegrationDown", "00:06:00 Resolved critical McpIntegrationDown"], scenario.Told("slack"));
    }

    [Fact]
    public void What_was_told_to_a_channel_that_is_switched_off_goes_on_where_it_would_be_told_now()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.Reload("telegram");
        ActiveAlert alert = scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("05:00").Reload("slack");
        scenario.At("06:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First medium McpToolErrors"], scenario.Told("telegram"));
        Assert.Equal(["00:05:00 First medium McpToolErrors", "00:06:00 Resolved medium McpToolErrors"], scenario.Told("slack"));
        Assert.Empty(scenario.Log.All);
    }

    [Fact]
    public void A_channel_that_is_switched_off_for_good_and_comes_back_after_the_end_hears_nothing_of_it()
    {
        var scenario = new AlertScenario("telegram", "slack");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00").Reload("slack");
        scenario.At("06:00").Resolve(alert);
        scenario.At("07:00").Reload("telegram", "slack");
        scenario.At("1:00:00");

        Assert.Equal(["00:00:05 First critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Equal(["00:00:05 First critical McpIntegrationDown", "00:06:00 Resolved critical McpIntegrationDown"], scenario.Told("slack"));
    }

    [Fact]
    public void A_reload_with_the_same_channels_tells_nothing_anew()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00").Reload("telegram", "slack");
        scenario.At("10:00");

        Assert.Single(scenario.Told("telegram"));
        Assert.Single(scenario.Told("slack"));
    }

    [Fact]
    public void An_end_is_told_by_who_stood_in_for_a_channel_that_was_then_switched_off()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.TakeDown("telegram");
        ActiveAlert alert = scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("10:00");
        Assert.Single(scenario.Told("slack"));
        scenario.Reload("slack");
        scenario.At("12:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal("00:12:00 Resolved medium McpToolErrors", scenario.Told("slack")[^1]);
        Assert.Equal(2, scenario.Told("slack").Count);
    }
}
