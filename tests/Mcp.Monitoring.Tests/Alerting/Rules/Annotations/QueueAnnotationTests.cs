using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Annotations;

/// <summary>A queue says whether it is nearly full, or grows and grows.</summary>
public class QueueAnnotationTests
{
    private const string Rule = "McpQueueGrowing";

    [Fact]
    public void A_queue_that_is_nearly_full_says_how_full()
    {
        var world = new RuleWorld();

        world.Minutes(8, 12, () => Hold(world, 80, capacity: 100));

        Assert.Equal("80 % of its capacity, 80 items", world.Said(Rule).Summary);
    }

    [Theory]
    [InlineData(10, "minutes")]
    [InlineData(20, "parts of 20 min")]
    public void A_queue_that_grows_says_over_which_time(int window, string parts)
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = Rule, Window = TimeSpan.FromMinutes(window) }]);
        int items = 500;

        world.Minutes(window + 5, 12, () => Hold(world, items++, capacity: 1_000_000));

        ActiveAlert alert = world.Firing(Rule);
        Assert.Equal(1, alert.Level);
        Assert.EndsWith($" items, more in each of the last 10 {parts}", world.Said(Rule).Summary, StringComparison.Ordinal);
    }

    private static void Hold(RuleWorld world, int items, int capacity)
    {
        world.Samples.Set(DependencyMetricNames.QueueSize, items, "mail");
        world.Samples.Set(DependencyMetricNames.QueueCapacity, capacity, "mail");
    }
}
