using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class RuleEvaluatorTests
{
    private const string Waiting = "McpDbPoolExhausted";

    [Fact]
    public void Condition_that_breaks_off_before_its_time_is_told_to_nobody()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(0.75);
        Wait(world, 0);
        world.Minutes(10);

        Assert.Equal(["pending", "never mind"], world.Alerts.Changes.Select(change => change.Change), StringComparer.Ordinal);
    }

    [Fact]
    public void Condition_that_lasts_is_told_once_and_its_end_once()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(30);
        Wait(world, 0);
        world.Minutes(30);

        Assert.Equal(["pending", "firing", "changed", "resolved"], world.Alerts.Changes.Select(change => change.Change), StringComparer.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(6), world.Alerts.Changes[1].At);
        Assert.Equal(TimeSpan.FromMinutes(35), world.Alerts.Changes[2].At);
        Assert.Equal(TimeSpan.FromMinutes(40), world.Alerts.Changes[3].At);
    }

    [Fact]
    public void Value_between_threshold_and_resolve_leaves_all_as_it_is()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = Waiting, Threshold = 10, Resolve = 5 }]);
        world.Minutes(5);
        Wait(world, 7);
        world.Minutes(20);
        Assert.Empty(world.Alerts.Changes);

        Wait(world, 11);
        world.Minutes(5);
        Wait(world, 6);
        world.Minutes(60);
        Assert.Equal(AlertState.Firing, world.Firing(Waiting).State);

        Wait(world, 5);
        world.Minutes(6);
        Assert.Equal(AlertState.Resolved, Assert.Single(world.Alerts.Fired).State);
    }

    [Fact]
    public void Shares_are_not_judged_in_the_warm_up_and_what_holds_after_it_fires_then()
    {
        var world = new RuleWorld();
        world.Evaluator.WarmUp = TimeSpan.FromMinutes(10);
        int calls = 0;

        world.Minutes(12, 20, () => world.Integration("1c", calls++ % 2 == 0 ? "error" : "success"));

        Assert.Equal(TimeSpan.FromMinutes(10), world.Alerts.Only("McpIntegrationErrors").Fired);
    }

    [Fact]
    public void What_needs_no_history_is_judged_from_the_start_on()
    {
        var world = new RuleWorld();
        world.Evaluator.WarmUp = TimeSpan.FromMinutes(10);
        Wait(world, 1);
        world.Signals.Say(Mcp.Monitoring.Alerting.Rules.SignalNames.ChannelFailures, 3, ("channel", "telegram"));

        world.Minutes(5);

        Assert.Equal(TimeSpan.FromMinutes(1), world.Alerts.Only(Waiting).Fired);
        Assert.Equal(TimeSpan.Zero, world.Alerts.Only("McpChannelDown").Fired);
    }

    [Theory]
    [InlineData(0.5, 6)]
    [InlineData(60, 66.25)]
    public void Time_in_which_the_machine_slept_does_not_count(double minutes, double firesAt)
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(0.25);

        world.Suspend(TimeSpan.FromMinutes(minutes));
        world.Minutes(10);

        Assert.Equal(TimeSpan.FromMinutes(firesAt), world.Alerts.Only(Waiting).Fired);
    }

    [Fact]
    public void What_is_absent_stays_as_it_was_for_an_hour_and_is_then_over_for_want_of_data()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(5);
        Wait(world, double.NaN);

        world.Minutes(59);
        Assert.Equal(AlertState.Firing, world.Firing(Waiting).State);
        world.Minutes(2);

        Assert.Equal(ResolveReason.NoData, Assert.Single(world.Alerts.Fired).ResolveReason);
    }

    [Fact]
    public void Too_few_calls_leave_what_fires_as_it_is_and_a_healthy_share_ends_it()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        world.Minutes(5, 20, () => world.Integration("1c", "error"));
        world.Minutes(5, 0.5, () => world.Integration("1c", "error"));
        world.Minutes(20);
        Assert.Equal(AlertState.Firing, world.Firing("McpIntegrationErrors").State);

        world.Integration("1c", "success", 3);
        world.Minutes(6);

        Assert.Equal(ResolveReason.Recovered, world.Alerts.Fired.Single(alert => alert.Rule == "McpIntegrationErrors").ResolveReason);
    }

    [Fact]
    public void Rule_that_fails_stays_as_it_is_and_the_others_are_evaluated()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(5);
        world.Samples.Broken = DependencyMetricNames.DbConnectionsWaiting.Name;
        Wait(world, 0);
        world.Minutes(30, 1, () => world.Integration("1c", "error"));

        Assert.Equal(AlertState.Firing, world.Firing(Waiting).State);
        Assert.True(world.HasFired("McpIntegrationDown"));
        Assert.Contains("McpDbPoolExhausted: mcp_db_connections_waiting cannot be read: The samples are broken.", world.Problems, StringComparer.Ordinal);
    }

    [Fact]
    public void Rule_has_no_more_alerts_than_it_may_and_says_so()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = Waiting, MaxInstances = 2 }]);
        world.Minutes(5);
        for (int i = 0; i < 5; i++)
        {
            Wait(world, 1, $"db{i}");
        }

        world.Minutes(5);

        Assert.Equal(2, world.Alerts.Fired.Count(alert => alert.Rule == Waiting));
        Assert.Equal(3, world.LastReport.Truncated);
        Assert.Equal(Waiting, world.Firing("McpAlertInstancesTruncated").Labels["rule"]);
        Assert.Equal($"rule {Waiting} has as many alerts as it may; others are not seen", world.Said("McpAlertInstancesTruncated").Summary);

        Wait(world, 0, "db0");
        world.Minutes(8);
        Assert.Equal(3, world.Alerts.Fired.Count(alert => alert.Rule == Waiting));
    }

    [Fact]
    public void Alert_carries_its_name_the_service_and_what_it_is_about()
    {
        var world = new RuleWorld(service: "orders-mcp");
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(5);

        Assert.Equal("{alertname=\"McpDbPoolExhausted\", dependency=\"orders_db\", mcp_service=\"orders-mcp\"}", world.Firing(Waiting).Labels.ToString());
    }

    [Fact]
    public void Runbook_and_owner_of_the_attribute_are_said()
    {
        var world = new RuleWorld();
        world.Describe("get_order", new OperationTraits("billing", "https://wiki.example/orders"));
        world.Minutes(5);
        world.Minutes(5, 2, () => world.Fail("get_order"));

        AlertDescription said = world.Said("McpToolFailing");
        Assert.Equal("https://wiki.example/orders", said.Runbook);
        Assert.Contains("Owner: billing.", said.Facts, StringComparer.Ordinal);
    }

    [Fact]
    public void Slow_operation_with_a_target_of_its_own_is_judged_by_it()
    {
        var world = new RuleWorld();
        world.Describe("report", new OperationTraits(LatencyTargetMs: 5_000));
        world.Minutes(1);
        world.Call("report", number: 100, seconds: 3);
        world.Minutes(20, 10, () => world.Call("report", seconds: 4));
        Assert.False(world.HasFired("McpSlowOperations"));

        world.Minutes(20, 10, () => world.Call("report", seconds: 8));

        Assert.Equal(5, world.Firing("McpSlowOperations").Limit);
    }

    [Fact]
    public void Breaker_that_opens_and_half_opens_in_turn_is_one_alert()
    {
        var world = new RuleWorld();
        world.Breaker("1c", "closed");
        world.Minutes(10);
        for (int i = 0; i < 10; i++)
        {
            world.Breaker("1c", "open");
            world.Minutes(0.8);
            world.Breaker("1c", "half_open");
            world.Minutes(0.2);
        }

        world.Breaker("1c", "closed");
        world.Minutes(3);
        world.Breaker("1c", "open");
        world.Minutes(1);
        world.Breaker("1c", "closed");
        world.Minutes(10);

        Assert.Equal(["pending", "firing", "resolved"], world.Alerts.Changes.Select(change => change.Change).Where(change => change != "changed"), StringComparer.Ordinal);
    }

    [Fact]
    public void Breaker_that_nobody_calls_stays_open_and_says_that_nothing_is_known()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        world.Breaker("1c", "open");

        world.Minutes(12 * 60);

        Assert.Contains("Nobody has called it for 10 min: whether it works is not known.", world.Said("McpCircuitBreakerOpen").Facts, StringComparer.Ordinal);
    }

    [Fact]
    public void Breaker_that_rejects_calls_becomes_critical_and_stays_so()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        world.Breaker("1c", "open");
        world.Minutes(2);
        Assert.Equal(AlertSeverity.High, world.Firing("McpCircuitBreakerOpen").Severity);

        world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, 5, "1c");
        world.Minutes(60);

        Assert.Equal(["pending", "firing", "severity"], world.Alerts.Changes.Select(change => change.Change), StringComparer.Ordinal);
        Assert.Equal(AlertSeverity.Critical, world.Firing("McpCircuitBreakerOpen").Severity);
    }

    [Fact]
    public void Few_failures_of_few_calls_and_no_calls_at_all_page_nobody()
    {
        var world = new RuleWorld();
        world.Minutes(10);
        world.Availability.Add(10, 3);

        world.Minutes(8 * 60);

        Assert.Empty(world.Alerts.Changes);
    }

    [Fact]
    public void Evaluation_says_what_it_was_like()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(2);

        Assert.Equal(1, world.LastReport.Active);
        Assert.Equal(0, world.LastReport.Failed);
        Assert.Equal(RuleCatalogue.Build(new ThresholdOptions(), []).Count(rule => rule.IsEvaluated), world.LastReport.Rules);
        Assert.Contains(DependencyMetricNames.DbConnectionsWaiting.Name, world.Evaluator.Metrics, StringComparer.Ordinal);
    }

    private static void Wait(RuleWorld world, double callers, string dependency = "orders_db") => world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, callers, dependency);
}
