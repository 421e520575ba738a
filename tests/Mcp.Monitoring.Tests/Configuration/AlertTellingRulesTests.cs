using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>The heartbeat, the daily report, and the hours of routes.</summary>
public class AlertTellingRulesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://hc-ping.com/0f3a")]
    [InlineData("http://127.0.0.1:8080/beat")]
    public void Heartbeat_may_go_where_anything_may_go(string? url) => Assert.Empty(OptionsRules.Check(options => options.Alerts.HeartbeatUrl = url));

    [Theory]
    [InlineData("", "is not set")]
    [InlineData("hc-ping.com/0f3a", "is not an URL")]
    [InlineData("http://hc-ping.com/0f3a", "is plain http to a public host")]
    [InlineData("http://169.254.169.254/0f3a", "is a link-local address, to which nothing is sent")]
    [InlineData("${HEARTBEAT_URL}", "is a placeholder")]
    public void Heartbeat_that_goes_nowhere_is_a_fault_without_its_text(string url, string problem)
    {
        OptionsRules.Expect("Alerts:HeartbeatUrl", problem, valid: false, options => options.Alerts.HeartbeatUrl = url);

        Assert.DoesNotContain("0f3a", Assert.Single(OptionsRules.Check(options => options.Alerts.HeartbeatUrl = url)), StringComparison.Ordinal);
    }

    [Fact]
    public void Heartbeat_is_a_secret()
    {
        McpMonitoringOptions options = Configured.Load("alerts: { heartbeat_url: 'https://hc-ping.com/0f3a' }");

        Assert.Equal("https://hc-ping.com/0f3a", options.Alerts.HeartbeatUrl);
        Assert.DoesNotContain("0f3a", options.Export(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("09:00", true)]
    [InlineData("9:00", true)]
    [InlineData("00:00", true)]
    [InlineData("23:59", true)]
    [InlineData("24:00", false)]
    [InlineData("9", false)]
    [InlineData("09:60", false)]
    [InlineData("", false)]
    public void Report_comes_at_a_time_of_the_day(string time, bool valid) => OptionsRules.Judge(
        "Alerts:DailyReport", $"\"{time}\"", valid, options => options.Alerts.DailyReport = time);

    [Fact]
    public void Report_goes_to_channels() => OptionsRules.Judge(
        "Alerts:DailyReportChannels:1", "\"#ops\"", valid: false, options => options.Alerts.DailyReportChannels = ["slack", "#ops"]);

    [Theory]
    [InlineData("09:00-18:00", true)]
    [InlineData("9:00 - 18:00", true)]
    [InlineData("18:00–09:00", true)]
    [InlineData("00:00-24:00", true)]
    [InlineData("00:00-00:00", false)]
    [InlineData("09:00-09:00", false)]
    [InlineData("24:00-09:00", false)]
    [InlineData("09:00-25:00", false)]
    [InlineData("09:00", false)]
    [InlineData("09:00-12:00-18:00", false)]
    [InlineData("", false)]
    public void Hours_of_a_route_are_two_times(string hours, bool valid) => OptionsRules.Judge(
        "Alerts:Routes:0:Hours", $"\"{hours}\"", valid, options => options.Alerts.Routes.Add(Route(route => route.Hours = hours)));

    [Theory]
    [InlineData("Mon", true)]
    [InlineData("sunday", true)]
    [InlineData("Mon-Fri", false)]
    [InlineData("Mo", false)]
    public void Days_of_a_route_are_named(string day, bool valid) =>
        OptionsRules.Judge("Alerts:Routes:0:Days:0", $"\"{day}\"", valid, options => options.Alerts.Routes.Add(Route(route => route.Days = [day])));

    [Fact]
    public void Time_zone_of_a_route_is_known_and_of_use()
    {
        Assert.Contains("Europe/Moscow", Assert.Single(OptionsRules.Check(options => options.Alerts.Routes.Add(Zoned("09:00-18:00", "Europe/Moskow")))), StringComparison.Ordinal);
        Assert.Empty(OptionsRules.Check(options => options.Alerts.Routes.Add(Zoned("09:00-18:00", "Europe/Moscow"))));
        Assert.Empty(OptionsRules.Warnings(options => options.Alerts.Routes.Add(Zoned("09:00-18:00", "Europe/Moscow"))));
        Assert.Contains("no hours or days", Assert.Single(OptionsRules.Warnings(options => options.Alerts.Routes.Add(Zoned(null, "Europe/Moscow")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Route_with_hours_leaves_something_to_those_below_it()
    {
        Assert.Contains("is never reached", Assert.Single(Below(_ => { })), StringComparison.Ordinal);
        Assert.Empty(Below(route => route.Hours = "09:00-18:00"));
        Assert.Empty(Below(route => route.Days = ["Mon"]));
    }

    private static string[] Below(Action<AlertRouteOptions> set) => OptionsRules.Warnings(options =>
    {
        options.Alerts.Routes.Add(Route(set));
        options.Alerts.Routes.Add(Route(route => route.Severities = ["medium"]));
    });

    private static AlertRouteOptions Zoned(string? hours, string zone) => Route(route => (route.Hours, route.TimeZone) = (hours, zone));

    private static AlertRouteOptions Route(Action<AlertRouteOptions> set)
    {
        var route = new AlertRouteOptions { Channels = ["log"] };
        set(route);
        return route;
    }
}
