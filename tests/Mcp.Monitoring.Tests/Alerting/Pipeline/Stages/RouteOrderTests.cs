using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

/// <summary>Who is told when a route, a severity or the channel itself leaves few.</summary>
public class RouteOrderTests
{
    [Fact]
    public void A_route_to_the_log_alone_calls_nobody()
    {
        var scenario = new AlertScenario(new AlertOptions { Routes = { new AlertRouteOptions { Channels = ["log"] } } }, "telegram", "log");
        scenario.Fire("McpUserRule", AlertSeverity.High);

        scenario.At("01:00");

        Assert.Equal(["00:00:30 log First high McpUserRule"], scenario.Told());
    }

    [Theory]
    [InlineData(AlertSeverity.Low, "log")]
    [InlineData(AlertSeverity.Medium, "email log")]
    public void That_a_channel_is_down_goes_to_the_next_unless_it_is_of_no_matter(AlertSeverity severity, string told)
    {
        var scenario = new AlertScenario("telegram", "email", "log");
        var labels = new AlertLabels([new("alertname", "McpChannelDown"), new("mcp_service", "orders-mcp"), new("channel", "telegram")]);
        scenario.Fire(new ActiveAlert("McpChannelDown", labels) { Severity = severity });

        scenario.At("01:00");

        Assert.Equal(told.Split(' '), scenario.Delivered.Select(sent => sent.Channel).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Who_was_chosen_for_a_severity_stays_when_routes_change_and_another_severity_adds_to_them()
    {
        var scenario = new AlertScenario("telegram", "slack", "email");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.Medium, operation: "get_order");
        scenario.At("01:00").Pipeline.Reload(new Mcp.Monitoring.Alerting.Settings.AlertSettings(new AlertOptions { Routes = { new AlertRouteOptions { Channels = ["email"] } } }));
        scenario.At("02:00");
        Assert.Equal(["telegram"], alert.Channels);

        scenario.Worsen(alert, AlertSeverity.High);
        scenario.At("10:00").Resolve(alert);
        scenario.At("20:00");

        Assert.Equal(["00:00:30 First medium McpToolFailing", "00:02:00 Update high McpToolFailing", "00:10:00 Resolved high McpToolFailing"], scenario.Told("telegram"));
        Assert.Equal(["00:02:00 First high McpToolFailing", "00:10:00 Resolved high McpToolFailing"], scenario.Told("email"));
    }
}
