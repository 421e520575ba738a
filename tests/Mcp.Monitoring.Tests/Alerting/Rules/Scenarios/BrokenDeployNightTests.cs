using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Scenarios;

/// <summary>A deploy breaks one tool of twenty, 5 % of the traffic: the process starts anew, and the tool fails from the first call on.</summary>
public class BrokenDeployNightTests
{
    [Fact]
    public void Broken_tool_is_named_within_5_minutes()
    {
        RuleWorld world = Deploy(3_000, minutes: 5);

        ActiveAlert alert = world.Firing("McpToolFailing");
        Assert.Equal("tool_7", alert.Labels["operation"]);
        Assert.Equal(AlertSeverity.High, alert.Severity);
        Assert.Equal("tool_7 failing", alert.Describe!().Title);
        Assert.Equal("13 of 13 calls failed in 5 min", alert.Describe!().Summary);
        Assert.Equal(["Errors: internal 13.", "No success since the start."], alert.Describe!().Facts);
        Assert.DoesNotContain(world.Alerts.Fired, fired => fired.Severity > AlertSeverity.High);
    }

    [Fact]
    public void Too_few_calls_to_judge_by_are_no_alert()
    {
        RuleWorld world = Deploy(30, minutes: 60);

        Assert.Empty(world.Alerts.Fired);
    }

    private static RuleWorld Deploy(int perHour, double minutes)
    {
        var world = new RuleWorld();
        int calls = 0;
        return world.Minutes(minutes, perHour / 60.0, () =>
        {
            int tool = calls++ % 20;
            if (tool == 7)
            {
                world.Fail("tool_7");
            }
            else
            {
                world.Call($"tool_{tool}");
            }

            world.Availability.Add(1, tool == 7 ? 1 : 0);
        });
    }
}
