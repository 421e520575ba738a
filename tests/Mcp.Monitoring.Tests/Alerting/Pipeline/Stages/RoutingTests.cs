using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

public class RoutingTests
{
    [Theory]
    [InlineData(AlertSeverity.Critical, "telegram slack email log pager", "telegram slack email log pager")]
    [InlineData(AlertSeverity.High, "telegram slack email log pager", "telegram slack log pager")]
    [InlineData(AlertSeverity.Medium, "telegram slack email log pager", "telegram log pager")]
    [InlineData(AlertSeverity.Low, "telegram slack email log pager", "log")]
    [InlineData(AlertSeverity.Medium, "slack email log", "slack log")]
    [InlineData(AlertSeverity.High, "email log", "email log")]
    [InlineData(AlertSeverity.Medium, "email log", "email log")]
    [InlineData(AlertSeverity.Low, "email log", "log")]
    [InlineData(AlertSeverity.Critical, "log", "log")]
    [InlineData(AlertSeverity.Medium, "pager log", "pager log")]
    [InlineData(AlertSeverity.Low, "pager log", "log")]
    public void Severity_is_told_to_the_channels_that_exist(AlertSeverity severity, string channels, string told)
    {
        var scenario = new AlertScenario(channels.Split(' '));
        scenario.Fire("McpUserRule", severity, operation: "get_order");

        scenario.At("01:00");

        Assert.Equal(told.Split(' ').Order(StringComparer.Ordinal), scenario.Delivered.Select(sent => sent.Channel).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_channel_of_the_host_is_told_what_it_lets_through()
    {
        var scenario = new AlertScenario("log");
        scenario.AddChannel("pager", AlertSeverity.High);
        scenario.Restart();
        scenario.Fire("McpUserRule", AlertSeverity.Medium, operation: "a");
        scenario.Fire("McpUserRule", AlertSeverity.High, operation: "b");

        scenario.At("01:00");

        Assert.Equal(["00:00:30 First high McpUserRule"], scenario.Told("pager"));
    }

    [Fact]
    public void The_first_route_that_matches_is_taken_and_the_next_only_if_it_says_so()
    {
        var options = new AlertOptions
        {
            Routes =
            {
                new AlertRouteOptions { Match = ["dependency=\"1c\""], Channels = ["slack"], Continue = true },
                new AlertRouteOptions { Severities = ["High", "critical"], Channels = ["email", "gone"] },
                new AlertRouteOptions { Match = [], Channels = ["telegram"] },
            },
        };
        var scenario = new AlertScenario(options, "telegram", "slack", "email");
        scenario.Fire("McpUserRule", AlertSeverity.High, "1c");
        scenario.Fire("McpUserRule", AlertSeverity.High, "crm");
        scenario.Fire("McpUserRule", AlertSeverity.Low, "cache");

        scenario.At("01:00");

        Assert.Equal(
            ["email 1c", "email crm", "slack 1c", "telegram cache"],
            scenario.Delivered.Select(sent => $"{sent.Channel} {sent.Notification.Alerts[0].Labels["dependency"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_route_to_channels_that_do_not_exist_is_told_by_the_severity_and_named()
    {
        var options = new AlertOptions
        {
            FallbackChannel = "spare",
            Routes = { new AlertRouteOptions { Channels = ["pager"] } },
            Escalation = { new EscalationPolicyOptions { Steps = { new EscalationStepOptions { Channels = ["log", "gone", "slack"] } } } },
        };
        var scenario = new AlertScenario(options, "telegram", "slack");
        scenario.Fire("McpUserRule", AlertSeverity.Medium, "1c");

        scenario.At("01:00");

        Assert.Equal(["00:00:30 telegram First medium McpUserRule"], scenario.Told());
        Assert.Equal(["gone", "pager", "spare"], scenario.Pipeline.UnknownChannels());
    }

    [Theory]
    [InlineData("telegram slack log", "slack log")]
    [InlineData("telegram email log", "email log")]
    [InlineData("telegram log", "log")]
    public void That_a_channel_is_down_is_told_by_others(string channels, string told)
    {
        var scenario = new AlertScenario(channels.Split(' '));
        var labels = new AlertLabels([new("alertname", "McpChannelDown"), new("mcp_service", "orders-mcp"), new("channel", "telegram")]);
        scenario.Fire(new ActiveAlert("McpChannelDown", labels) { Severity = AlertSeverity.High, PendingSince = TimeSpan.Zero });

        scenario.At("01:00");

        Assert.Equal(told.Split(' ').Order(StringComparer.Ordinal), scenario.Delivered.Select(sent => sent.Channel).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, false)]
    [InlineData(AlertSeverity.High, false)]
    [InlineData(AlertSeverity.Medium, true)]
    [InlineData(AlertSeverity.Low, true)]
    public void Only_high_and_critical_make_a_sound(AlertSeverity severity, bool isSilent)
    {
        var scenario = new AlertScenario("log");
        scenario.Fire("McpUserRule", severity);

        scenario.At("01:00");

        Assert.Equal(isSilent, scenario.LastMessage.IsSilent);
    }
}
