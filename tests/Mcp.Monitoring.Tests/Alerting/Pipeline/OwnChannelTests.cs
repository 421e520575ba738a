using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>That a channel is down is never told by that channel: not by routes, not by an escalation, not in another's place.</summary>
public class OwnChannelTests
{
    private const string Down = "McpChannelDown";

    [Theory]
    [InlineData("telegram", "slack")]
    [InlineData("slack", "telegram")]
    public void Routes_leave_it_out(string down, string told)
    {
        var scenario = new AlertScenario(new AlertOptions { Routes = { new AlertRouteOptions { Channels = ["telegram", "slack"] } } }, "telegram", "slack");
        Fire(scenario, AlertSeverity.Critical, down);
        scenario.At("01:00");

        Assert.Equal([$"00:00:05 First critical {Down}"], scenario.Told(told));
        Assert.Empty(scenario.Told(down));
    }

    [Fact]
    public void An_escalation_leaves_it_out()
    {
        var options = new AlertOptions
        {
            Escalation =
            {
                new EscalationPolicyOptions
                {
                    Steps = { new EscalationStepOptions { Channels = ["telegram", "slack"] }, new EscalationStepOptions { After = TimeSpan.FromMinutes(5), Channels = ["telegram", "slack"] } },
                },
            },
        };
        var scenario = new AlertScenario(options, "telegram", "slack");
        Fire(scenario, AlertSeverity.Critical, "telegram");
        scenario.At("10:00");

        Assert.Equal([$"00:00:05 First critical {Down}", $"00:05:05 Escalation critical {Down}"], scenario.Told("slack"));
        Assert.Empty(scenario.Told("telegram"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("telegram")]
    public void A_stand_in_is_somebody_else_also_where_it_works_again_while_the_alert_goes_on(string? fallback)
    {
        var scenario = new AlertScenario(new AlertOptions { FallbackChannel = fallback }, "telegram", "slack", "email", "log");
        scenario.TakeDown("slack");
        Fire(scenario, AlertSeverity.High, "telegram");
        scenario.At("10:00");

        Assert.Empty(scenario.Told("telegram"));
        Assert.Single(scenario.Told("email"));
    }

    private static void Fire(AlertScenario scenario, AlertSeverity severity, string channel) => scenario.Fire(scenario.Make(Down, severity, channel: channel));
}
