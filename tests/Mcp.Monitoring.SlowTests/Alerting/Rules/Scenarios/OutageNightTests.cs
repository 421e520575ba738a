using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.SlowTests.Alerting.Rules.Scenarios;

/// <summary>1C does not answer from 03:00 to 03:40: what fires and when it is over, before anybody groups or mutes it.</summary>
public class OutageNightTests
{
    private static readonly TimeSpan Healthy = TimeSpan.FromHours(3);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Later = TimeSpan.FromHours(4);

    private int _calls;

    [Theory]
    [InlineData(30, "error", false)]
    [InlineData(30, "timeout", false)]
    [InlineData(3_000, "error", true)]
    [InlineData(3_000, "timeout", true)]
    public void Dependency_is_down_once_soon_and_until_it_answers(int perHour, string outcome, bool hasBreaker)
    {
        var world = new RuleWorld();
        Night(world, perHour, outcome, hasBreaker, () => true);

        (TimeSpan fired, TimeSpan? resolved) = world.Alerts.Only("McpIntegrationDown");
        TimeSpan third = perHour == 30 ? TimeSpan.FromMinutes(4) : TimeSpan.FromSeconds(3);
        Assert.InRange(fired - Healthy - third, TimeSpan.Zero, TimeSpan.FromMinutes(2.75));
        Assert.InRange(resolved!.Value - Healthy - Outage, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(8));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3_000)]
    public void All_that_fires_blames_the_dependency_and_began_while_it_was_down(int perHour)
    {
        var world = new RuleWorld();
        Night(world, perHour, "timeout", hasBreaker: true, () => true);

        Each.Of(world.Alerts.Fired, alert => Assert.Equal("1c", alert.Labels["dependency"]));
        Each.Of(world.Alerts.Fired, alert => Assert.InRange(alert.PendingSince - Healthy, TimeSpan.Zero, Outage));
        Each.Of(world.Alerts.Fired.GroupBy(alert => alert.Labels.Fingerprint), alerts => Assert.Single(alerts));
        Assert.Contains(world.Alerts.Fired, alert => alert.Rule == "McpToolFailing");
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3_000)]
    public void Message_says_what_fails_and_since_when(int perHour)
    {
        var world = new RuleWorld();
        Run(world, Healthy, perHour, isDown: false, "timeout", hasBreaker: true, () => true);
        Run(world, TimeSpan.FromMinutes(12), perHour, isDown: true, "timeout", hasBreaker: true, () => true);

        AlertDescription said = world.Said("McpIntegrationDown");

        Assert.Equal("1c down", said.Title);
        Assert.Matches(perHour == 30 ? "^6 of 6 calls failed in 12 min$" : "^596 of 596 calls failed in 12 min$", said.Summary);
        Assert.Equal(
            perHour == 30
                ? ["Tools: get_order 3, get_stock 3.", "Errors: timeout 6.", "Breaker open.", "Last success 02:58:05."]
                : ["Tools: get_order 298, get_stock 298.", "Errors: timeout 596.", "Breaker open.", "Last success 02:59:55."],
            said.Facts);
    }

    [Fact]
    public void Outage_is_not_over_because_nobody_calls()
    {
        var world = new RuleWorld();
        Run(world, Healthy, 30, isDown: false, "error", hasBreaker: false, () => true);
        Run(world, TimeSpan.FromMinutes(10), 30, isDown: true, "error", hasBreaker: false, () => true);

        world.Coarsely().Minutes(23.8 * 60);
        Assert.Equal(AlertState.Firing, world.Firing("McpIntegrationDown").State);

        world.Minutes(30);
        ActiveAlert alert = Assert.Single(world.Alerts.Fired, alert => alert.Rule == "McpIntegrationDown");
        Assert.Equal(ResolveReason.NoData, alert.ResolveReason);
        Assert.Equal(Healthy + TimeSpan.FromMinutes(8) + SteadySamples.Step, alert.LastFailureAt);
    }

    [Fact]
    public void First_success_after_a_silence_ends_the_outage()
    {
        var world = new RuleWorld();
        Run(world, Healthy, 30, isDown: false, "error", hasBreaker: false, () => true);
        Run(world, TimeSpan.FromMinutes(10), 30, isDown: true, "error", hasBreaker: false, () => true);
        world.Minutes(50);

        world.Integration("1c", "success");
        world.Minutes(4.5);
        Assert.Equal(AlertState.Firing, world.Firing("McpIntegrationDown").State);
        world.Minutes(1);

        Assert.Equal(ResolveReason.Recovered, world.Alerts.Fired.Single(alert => alert.Rule == "McpIntegrationDown").ResolveReason);
    }

    private void Night(RuleWorld world, int perHour, string outcome, bool hasBreaker, Func<bool> isCalled)
    {
        Run(world, Healthy, perHour, isDown: false, outcome, hasBreaker, isCalled);
        Run(world, Outage, perHour, isDown: true, outcome, hasBreaker, isCalled);
        Run(world, Later, perHour, isDown: false, outcome, hasBreaker, isCalled);
    }

    private void Run(RuleWorld world, TimeSpan time, int perHour, bool isDown, string outcome, bool hasBreaker, Func<bool> isCalled)
    {
        if (hasBreaker)
        {
            world.Breaker("1c", isDown ? "open" : "closed");
        }

        double perStep = perHour * SteadySamples.Step.TotalHours;
        double due = 1;
        world.Run(time, _ =>
        {
            for (; due >= 1 && isCalled(); due--)
            {
                Call(world, _calls++ % 2 == 0 ? "get_order" : "get_stock", isDown, outcome);
            }

            due += perStep;
        });
    }

    private static void Call(RuleWorld world, string tool, bool isDown, string outcome)
    {
        world.Integration("1c", isDown ? outcome : "success", seconds: isDown && outcome == "timeout" ? 30 : 0.1);
        if (isDown)
        {
            world.Fail(tool, dependency: "1c", errorType: outcome == "timeout" ? "timeout" : "integration");
            world.Availability.Add(1, 1);
        }
        else
        {
            world.Call(tool, seconds: 0.12);
            world.Availability.Add(1, 0);
            world.Fast.Add(1, 0);
        }

        world.Samples.Count(DependencyMetricNames.OperationDependencyTime, isDown ? 30 : 0.1, tool, "1c");
    }
}
