using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Scenarios;

/// <summary>A client loops on a bad call for an hour, 20 a second.</summary>
public class LoopingClientNightTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(3_000)]
    public void Client_and_tool_are_named_without_sound_and_nothing_else_is_touched(int perHour)
    {
        var world = new RuleWorld { Client = "claude-ai" };
        Run(world, 60, perHour, isLooping: false);
        Run(world, 60, perHour, isLooping: true);

        AlertDescription said = world.Said("McpClientLooping");
        Assert.Equal("client loops on convert", said.Title);
        Assert.Equal("6,000 calls refused in 5 min, none succeeded", said.Summary);
        Assert.Equal(["Client: claude-ai."], said.Facts);
        ActiveAlert alert = world.Firing("McpClientLooping");
        Assert.True(alert.IsSilent);
        Assert.Equal(AlertSeverity.Medium, alert.Severity);
        Assert.Equal(TimeSpan.FromHours(4), alert.RepeatInterval);

        Run(world, 60, perHour, isLooping: false);
        Assert.InRange(world.Alerts.Only("McpClientLooping").Resolved!.Value, TimeSpan.FromMinutes(125), TimeSpan.FromMinutes(131));
        string[] quietOnes = ["McpClientLooping", "McpValidationErrors"];
        Each.Of(world.Alerts.Fired, fired => Assert.Contains(fired.Rule, quietOnes, StringComparer.Ordinal));
    }

    [Fact]
    public void Client_that_nobody_remembers_is_that_of_most_refusals()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        world.Minutes(5, 60, () =>
        {
            world.Call("convert", "client_error");
            world.Samples.Count(MetricNames.RequestsByClient, 1, "cursor", "2025-06-18", "client_error");
        });

        Assert.Equal(["Client: cursor."], world.Said("McpClientLooping").Facts);
    }

    private static void Run(RuleWorld world, double minutes, int perHour, bool isLooping)
    {
        double due = 0;
        world.Minutes(minutes, _ =>
        {
            if (isLooping)
            {
                double calls = 20 * SteadySamples.Step.TotalSeconds;
                world.Call("convert", "client_error", calls);
                world.Samples.Count(MetricNames.Errors, calls, "validation", "client_error", "tools", "convert", "none");
            }

            for (due += perHour * SteadySamples.Step.TotalHours; due >= 1; due--)
            {
                world.Call("get_order");
                world.Availability.Add(1, 0);
                world.Fast.Add(1, 0);
            }
        });
    }
}
