using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Scenarios;

/// <summary>The database slows to 4 s for 20 min.</summary>
public class SlowDatabaseNightTests
{
    [Theory]
    [InlineData(3_000, 1)]
    [InlineData(30, 10)]
    public void Database_is_named_with_the_tools_and_the_share_of_their_time(int perHour, int queries)
    {
        var world = new RuleWorld();
        Run(world, 120, perHour, queries, seconds: 0.02);
        Assert.Empty(world.Alerts.Changes);
        Run(world, 18, perHour, queries, seconds: 4);

        AlertDescription said = world.Said("McpSlowQueries");
        Assert.Equal("orders_db slow", said.Title);
        Assert.StartsWith("p95 of queries is 4.85 s, the limit is 500 ms; ", said.Summary, StringComparison.Ordinal);
        Assert.Contains("Share of the tools' time spent in it: get_order 98 %, get_stock 98 %.", said.Facts, StringComparer.Ordinal);
        Assert.Equal(AlertSeverity.Medium, world.Firing("McpSlowQueries").Severity);
        Each.Of(world.Alerts.Firing, alert => Assert.Equal("orders_db", alert.Labels["dependency"]));
        Each.Of(world.Alerts.Firing, alert => Assert.InRange(alert.Severity, AlertSeverity.Low, AlertSeverity.High));

        Run(world, 2, perHour, queries, seconds: 4);
        Run(world, 60, perHour, queries, seconds: 0.02);
        Each.Of(world.Alerts.Fired.Where(alert => alert.Severity > AlertSeverity.Low), alert => Assert.Equal(AlertState.Resolved, alert.State));
        world.Alerts.Only("McpSlowQueries");
    }

    [Fact]
    public void Tool_that_was_fast_before_says_in_what_it_spends_its_time()
    {
        var world = new RuleWorld();
        Run(world, 120, 3_000, 1, seconds: 0.02);
        Run(world, 18, 3_000, 1, seconds: 4);

        ActiveAlert slow = world.Alerts.Firing.Single(alert => alert.Rule == "McpSlowOperations" && alert.Labels["operation"] == "get_order");
        AlertDescription said = slow.Describe!();
        Assert.Equal("p95 of get_order 4.85 s", said.Title);
        Assert.StartsWith("p95 is 4.85 s, the limit is 500 ms; ", said.Summary, StringComparison.Ordinal);
        Assert.Equal(["Share of time in orders_db: 98 %."], said.Facts);
    }

    private static void Run(RuleWorld world, double minutes, int perHour, int queries, double seconds)
    {
        int calls = 0;
        world.Minutes(minutes, perHour / 60.0, () =>
        {
            string tool = calls++ % 2 == 0 ? "get_order" : "get_stock";
            double own = seconds * queries;
            world.Query("orders_db", number: queries, seconds: seconds);
            world.Call(tool, seconds: own / 0.98);
            world.Samples.Count(DependencyMetricNames.OperationDependencyTime, own, tool, "orders_db");
            world.Availability.Add(1, 0);
            world.Fast.Add(1, own > 0.2 ? 1 : 0);
        });
    }
}
