using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>Failures that have stopped although the window still holds them, over all rules of shares.</summary>
public class StoppedFailuresTests
{
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(20);

    private static readonly Dictionary<string, (Action<RuleWorld> Fail, Action<RuleWorld> Succeed)> Calls = new(StringComparer.Ordinal)
    {
        ["McpToolFailing"] = (world => world.Fail("get_order"), world => world.Call("get_order")),
        ["McpToolErrors"] = (world => world.Fail("get_order"), world => world.Call("get_order")),
        ["McpToolErrors of the tool"] = (world => world.Call("get_order", "tool_error"), world => world.Call("get_order")),
        ["McpErrorRatioHigh"] = (world => world.Fail("get_order"), world => world.Call("get_stock")),
        ["McpErrorTargetMissed"] = (world => world.Fail("get_order"), world => world.Call("get_stock")),
        ["McpIntegrationErrors"] = (world => world.Integration("1c", "error"), world => world.Integration("1c", "success")),
        ["McpDatabaseErrors"] = (world => world.Query("orders_db", "timeout"), world => world.Query("orders_db")),
        ["McpDatabaseErrors of connections"] = (world => world.Samples.Count(DependencyMetricNames.DbConnectionErrors, 1, "orders_db"), world => world.Query("orders_db")),
        ["McpHttpErrors"] = (world => Http(world, "500"), world => Http(world, "200")),
    };

    private static readonly int[] Failing = [6, 10];

    public static TheoryData<string, int> Shares() => [.. from name in Calls.Keys from failsOf10 in Failing select (name, failsOf10)];

    [Theory]
    [InlineData(21, true)]
    [InlineData(3, false)]
    public void One_success_after_many_failures_in_a_row_says_at_once_that_they_have_stopped(int failures, bool isSaid)
    {
        var world = new RuleWorld();
        world.Minutes(5);
        for (int i = 1; i < failures; i++)
        {
            world.Integration("1c", "error");
            world.Minutes(1);
        }

        world.Integration("1c", "error");
        world.Run(SteadySamples.Step);
        world.Integration("1c", "success");
        world.Run(3 * SteadySamples.Step);
        ActiveAlert alert = world.Firing("McpIntegrationDown");
        Assert.Equal(isSaid, alert.StoppedAt is not null);

        world.Minutes(0.75);
        Assert.NotNull(alert.StoppedAt);
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void Alert_says_that_its_failures_have_stopped_and_ends_5_minutes_after(string name, int failsOf10)
    {
        RuleWorld world = Trouble(name, minutes: 8, failsOf10, out TimeSpan last);
        ActiveAlert alert = Firing(world, name);
        Assert.Null(alert.StoppedAt);

        world.Minutes(1, 120, () => Calls[name].Succeed(world));
        Assert.Equal(last, alert.StoppedAt);
        Assert.Equal(last, alert.LastFailureAt);
        Assert.Single(world.Alerts.Changes, change => change.Alert == alert && change.Change == "changed");
        world.Minutes(5.5, 120, () => Calls[name].Succeed(world));

        Assert.Equal(AlertState.Resolved, alert.State);
        Assert.InRange(alert.ResolvedAt!.Value - last, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.75));
        Assert.InRange(alert.EndedAt!.Value - last, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void One_more_failure_takes_it_back_and_the_alert_goes_on(string name, int failsOf10)
    {
        RuleWorld world = Trouble(name, minutes: 8, failsOf10, out _);
        ActiveAlert alert = Firing(world, name);
        TimeSpan startedAt = alert.StartedAt;
        world.Minutes(1, 20, () => Calls[name].Succeed(world));

        Calls[name].Fail(world);
        world.Run(TimeSpan.FromSeconds(20));

        Assert.Null(alert.StoppedAt);
        Assert.Null(alert.QuietSince);
        Assert.Equal(2, world.Alerts.Changes.Count(change => change.Alert == alert && change.Change == "changed"));
        Assert.Equal(startedAt, alert.StartedAt);
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void What_is_over_does_not_begin_anew_with_what_its_window_still_holds(string name, int failsOf10)
    {
        RuleWorld world = Trouble(name, minutes: 9, failsOf10, out _);
        ActiveAlert alert = Firing(world, name);

        world.Minutes(60, 20, () => Calls[name].Succeed(world));

        Assert.Equal(AlertState.Resolved, alert.State);
        Assert.Single(world.Alerts.Changes, change => change.Change == "pending" && change.Alert.Rule == alert.Rule);
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void What_begins_anew_began_after_what_was_over(string name, int failsOf10)
    {
        RuleWorld world = Trouble(name, minutes: 8, failsOf10, out TimeSpan last);
        world.Minutes(6.5, 20, () => Calls[name].Succeed(world));
        Assert.DoesNotContain(world.Alerts.Firing, alert => alert.Rule == name.Split(' ')[0]);
        TimeSpan again = world.Now;

        world.Minutes(8, 60, () => Calls[name].Fail(world));

        Assert.InRange(Firing(world, name).StartedAt - again, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.True(Firing(world, name).StartedAt > last);
    }

    [Fact]
    public void Few_successes_prove_nothing_where_few_calls_failed()
    {
        RuleWorld world = Trouble("McpToolErrors", minutes: 8, failsOf10: 1, out _);
        ActiveAlert alert = Firing(world, "McpToolErrors");

        world.Minutes(1, 80, () => world.Call("get_order"));
        Assert.Null(alert.StoppedAt);

        world.Minutes(1, 60, () => world.Call("get_order"));
        Assert.NotNull(alert.StoppedAt);
    }

    [Fact]
    public void Of_what_has_become_rarer_only_the_last_minutes_say_how_many_successes_prove_that_it_has_stopped()
    {
        RuleWorld world = Trouble("McpToolErrors", minutes: 8, failsOf10: 10, out _);
        int calls = 0;
        world.Minutes(6, 60, () => (calls++ % 10 == 9 ? Calls["McpToolErrors"].Fail : Calls["McpToolErrors"].Succeed)(world));
        ActiveAlert alert = Firing(world, "McpToolErrors");
        Assert.Null(alert.StoppedAt);

        world.Minutes(1, 80, () => world.Call("get_order"));
        Assert.Null(alert.StoppedAt);

        world.Minutes(1, 60, () => world.Call("get_order"));
        Assert.NotNull(alert.StoppedAt);
    }

    [Fact]
    public void Failures_at_random_do_not_seem_to_stop_and_begin()
    {
        var world = new RuleWorld();
        var random = new Random(3);
        world.Minutes(240, 60, () =>
        {
            if (random.NextDouble() < 0.2)
            {
                world.Fail("get_order");
            }
            else
            {
                world.Call("get_order");
            }
        });

        Assert.InRange(world.Alerts.Changes.Count(change => change.Change == "changed" && change.Alert.Rule == "McpToolErrors"), 0, 6);
        Assert.Single(world.Alerts.Fired, alert => alert.Rule == "McpToolErrors");
    }

    [Fact]
    public void Trouble_that_stops_before_its_time_is_told_to_nobody()
    {
        var world = new RuleWorld();
        world.Minutes(Healthy.TotalMinutes, 20, () => world.Call("get_order"));
        world.Minutes(1, 30, () => world.Fail("get_order", errorType: world.Now.Ticks % 3 == 0 ? "internal" : "timeout"));
        int fired = world.Alerts.Fired.Count(alert => alert.Rule == "McpErrorRatioHigh");

        world.Minutes(20, 30, () => world.Call("get_order"));

        Assert.Equal(fired, world.Alerts.Fired.Count(alert => alert.Rule == "McpErrorRatioHigh"));
    }

    private static ActiveAlert Firing(RuleWorld world, string name) => world.Firing(name.Split(' ')[0]);

    // Of ten calls so many fail, once every second or so.
    private static RuleWorld Trouble(string name, double minutes, int failsOf10, out TimeSpan last)
    {
        var world = new RuleWorld();
        world.Minutes(Healthy.TotalMinutes, 180, () => Calls[name].Succeed(world));
        world.Minutes(16);
        int calls = 0;
        TimeSpan failed = default;
        world.Minutes(minutes, 60, () =>
        {
            if (calls++ % 10 < failsOf10)
            {
                Calls[name].Fail(world);
                failed = world.Now;
            }
            else
            {
                Calls[name].Succeed(world);
            }
        });
        last = failed;
        return world;
    }

    private static void Http(RuleWorld world, string status) => world.Samples.Observe(MetricNames.HttpRequestDuration, 0.1, 1, "POST", "/mcp", status, "unary");
}
