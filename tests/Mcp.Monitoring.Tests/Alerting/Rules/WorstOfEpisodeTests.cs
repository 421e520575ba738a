using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>The worst of an episode, with its time and its words; and what errors have in common where no dependency is to blame.</summary>
public class WorstOfEpisodeTests
{
    private const string Waiting = "McpDbPoolExhausted";
    private const string Tool = "McpToolFailing";

    [Fact]
    public void Worst_value_is_told_as_it_was_then()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 5, minutes: 3);
        Wait(world, 9, minutes: 1);
        TimeSpan peak = world.Now;
        Wait(world, 3, minutes: 3);

        ActiveAlert alert = world.Firing(Waiting);

        Assert.Equal(9, alert.Peak);
        Assert.Equal("9 callers wait for a connection", alert.PeakSummary);
        Assert.InRange(peak - alert.PeakAt!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(3, alert.Value);
    }

    [Fact]
    public void End_of_an_intensity_has_the_value_and_the_words_of_now()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 5, minutes: 3);
        ActiveAlert alert = world.Firing(Waiting);
        Wait(world, 0, minutes: 15);

        Assert.Equal((AlertState.Resolved, ResolveReason.Recovered), (alert.State, alert.ResolveReason));
        Assert.Equal(0, alert.Value);
        Assert.Equal("0 callers wait for a connection", alert.EndSummary);
        Assert.Equal("5 callers wait for a connection", alert.PeakSummary);
    }

    [Fact]
    public void Words_of_the_users_own_that_say_what_is_wrong_are_not_said_when_it_is_over()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = "Crowded", Metric = MetricNames.Sessions.Name, Threshold = 10, For = TimeSpan.Zero, Summary = "crowded: {value}" }]);
        world.Minutes(5);
        world.Samples.Set(MetricNames.Sessions, 20);
        world.Minutes(3);
        ActiveAlert alert = world.Firing("Crowded");
        world.Samples.Set(MetricNames.Sessions, 3);
        world.Minutes(15);

        Assert.Equal(AlertState.Resolved, alert.State);
        Assert.Equal(3, alert.Value);
        Assert.Null(alert.EndSummary);
    }

    [Fact]
    public void Healthy_values_while_it_is_kept_firing_are_not_told()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 5, minutes: 3);
        Wait(world, 0, minutes: 3);

        ActiveAlert alert = world.Firing(Waiting);

        Assert.Equal(5, alert.Value);
        Assert.Equal("5 callers wait for a connection", alert.PeakSummary);
    }

    [Fact]
    public void Lowest_value_is_the_worst_where_low_is_bad()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = "Free", Metric = MetricNames.Sessions.Name, Threshold = 10, Comparison = RuleComparison.Below, For = TimeSpan.Zero, Summary = "{value} free" }]);
        world.Minutes(5);
        foreach (double free in (double[])[7, 2, 8])
        {
            world.Samples.Set(MetricNames.Sessions, free);
            world.Minutes(1);
        }

        ActiveAlert alert = world.Firing("Free");

        Assert.Equal(2, alert.Peak);
        Assert.Equal("2 free", alert.PeakSummary);
        Assert.False(alert.IsIntensity);
    }

    [Fact]
    public void Worst_of_a_total_outage_is_its_last_count_and_not_the_share()
    {
        var world = new RuleWorld();
        world.Minutes(60, 30, () => world.Call("get_order"));
        world.Minutes(20, 30, () => world.Fail("get_order"));
        world.Minutes(1, 30, () => world.Call("get_order"));

        ActiveAlert alert = world.Firing(Tool);

        Assert.InRange(alert.Peak, 590, 600);
        Assert.Equal($"{alert.Peak} of {alert.Peak} calls failed in 20 min", alert.PeakSummary);
        Assert.InRange(alert.PeakAt!.Value - TimeSpan.FromMinutes(80), TimeSpan.FromSeconds(-20), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Words_that_fail_leave_the_value_and_the_rules_as_they_are()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 5, minutes: 3);
        world.Firing(Waiting).Describe = () => throw new InvalidOperationException("No words.");

        Wait(world, 9, minutes: 1);

        Assert.Equal(9, world.Firing(Waiting).Peak);
        Assert.Contains($"{Waiting}: No words.", world.Problems, StringComparer.Ordinal);
        Assert.Equal(0, world.LastReport.Failed);
    }

    [Theory]
    [InlineData("none", "integration", "integration", "integration")]
    [InlineData("none", "timeout", "integration", "timeout")]
    [InlineData("1c", "integration", "integration", null)]
    public void Type_of_most_of_the_errors_is_what_they_have_in_common(string dependency, string often, string seldom, string? expected)
    {
        var world = new RuleWorld();
        int calls = 0;
        world.Minutes(5, 10, () =>
        {
            calls++;
            world.Fail(calls % 2 == 0 ? "get_order" : "get_stock", dependency: dependency, errorType: calls % 3 == 0 ? seldom : often);
        });

        ActiveAlert[] alerts = [.. world.Alerts.Fired.Where(alert => alert.Rule is Tool or "McpServerFailing" or "McpToolErrors")];

        Assert.Contains(alerts, alert => alert.Rule == "McpServerFailing");
        Assert.Contains(alerts, alert => alert.Rule == Tool);
        Each.Of(alerts, alert => Assert.Equal(expected, alert.ErrorType));
        Each.Of(alerts, alert => Assert.Equal(dependency == "none" ? "" : dependency, alert.Labels["dependency"]));
    }

    [Fact]
    public void Type_is_that_of_the_streak_although_it_began_before_the_usual_window()
    {
        var world = new RuleWorld();
        world.Minutes(60, 1, () => world.Call("get_order"));
        int calls = 0;
        world.Minutes(61, 1 / 20.0, () => world.Fail("get_order", errorType: calls++ == 2 ? "timeout" : "integration"));

        Assert.Equal("integration", Assert.Single(world.Alerts.Fired, alert => alert.Rule == Tool).ErrorType);
    }

    [Fact]
    public void Alert_that_stands_alone_has_no_type()
    {
        var world = new RuleWorld();
        world.Minutes(10);
        world.Minutes(5, 10, () => world.Samples.Count(MetricNames.Errors, 1, "auth", "server_error", "tools", "get_order", "none"));

        Assert.Null(world.Firing("McpAuthBroken").ErrorType);
        Assert.True(world.Firing("McpAuthBroken").IsStandalone);
    }

    private static void Wait(RuleWorld world, double callers, double minutes)
    {
        world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, callers, "orders_db");
        world.Minutes(minutes);
    }
}
