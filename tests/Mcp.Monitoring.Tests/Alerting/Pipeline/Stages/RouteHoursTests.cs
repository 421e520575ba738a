using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

/// <summary>Routes that count at some hours only. It is Tuesday, 24 November, 03:00 in Moscow when a scenario begins.</summary>
public class RouteHoursTests
{
    [Theory]
    [InlineData("03:00-09:00", null, "slack")]
    [InlineData("09:00-18:00", null, "telegram")]
    [InlineData("18:00-09:00", null, "slack")]
    [InlineData("18:00-09:00", "Mon", "slack")] // begun on Monday evening
    [InlineData("18:00-09:00", "Tue", "telegram")]
    [InlineData(null, "Tue", "slack")]
    [InlineData(null, "Wed", "telegram")]
    [InlineData("00:00-24:00", "tuesday", "slack")]
    public void A_route_is_taken_at_its_hours_and_else_the_severity_decides(string? hours, string? day, string told)
    {
        var scenario = Scenario(new AlertRouteOptions { Channels = ["slack"], Hours = hours, Days = day is null ? [] : [day] });
        scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("05:00");

        Assert.Equal([told], scenario.Delivered.Select(message => message.Channel));
    }

    [Theory]
    [InlineData("Europe/London", "slack")] // midnight there
    [InlineData("Asia/Tokyo", "telegram")] // nine in the morning
    public void Hours_are_those_of_the_routes_own_time_zone(string zone, string told)
    {
        var scenario = Scenario(new AlertRouteOptions { Channels = ["slack"], Hours = "00:00-01:00", TimeZone = zone });
        scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("05:00");

        Assert.Equal([told], scenario.Delivered.Select(message => message.Channel));
    }

    [Fact]
    public void What_is_critical_reaches_everybody_where_no_route_takes_it_at_this_hour()
    {
        var scenario = Scenario(new AlertRouteOptions { Channels = ["slack"], Hours = "09:00-18:00" });
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00");

        Assert.Equal(["email", "slack", "telegram"], scenario.Delivered.Select(message => message.Channel).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Labels_severities_and_hours_count_together_and_the_next_route_is_looked_at()
    {
        var scenario = Scenario(
            new AlertRouteOptions { Match = ["dependency=\"1c\""], Severities = ["medium"], Channels = ["slack"], Hours = "09:00-18:00" },
            new AlertRouteOptions { Match = ["dependency=\"1c\""], Severities = ["medium"], Channels = ["email"] });
        scenario.Fire("McpSlowOperations", AlertSeverity.Medium, "1c");
        scenario.At("05:00");

        Assert.Equal(["email"], scenario.Delivered.Select(message => message.Channel));
    }

    [Fact]
    public void An_alert_keeps_who_was_told_when_the_hours_end()
    {
        var scenario = Scenario(new AlertRouteOptions { Channels = ["slack"], Hours = "03:00-03:10" });
        ActiveAlert alert = scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("20:00").Resolve(alert);
        scenario.At("30:00");

        Assert.Equal(["slack", "slack"], scenario.Delivered.Select(message => message.Channel));
    }

    private static AlertScenario Scenario(params AlertRouteOptions[] routes)
    {
        var options = new AlertOptions { TimeZone = "Europe/Moscow" };
        foreach (AlertRouteOptions route in routes)
        {
            options.Routes.Add(route);
        }

        return new AlertScenario(options, "telegram", "slack", "email");
    }
}
