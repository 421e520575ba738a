using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>What a former run left, and what a reload changes.</summary>
public class RuleRestartTests
{
    private const string Waiting = "McpDbPoolExhausted";
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(30);

    [Fact]
    public void Pending_alert_fires_when_the_rest_of_its_time_has_passed()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = Waiting, For = TimeSpan.FromMinutes(10) }]);
        ActiveAlert alert = Left(AlertState.Pending);
        alert.PendingSince = -TimeSpan.FromMinutes(6) - Down;
        world.Evaluator.Restore([alert], Down);
        Wait(world, 1);

        world.Minutes(10);

        Assert.Equal(TimeSpan.FromMinutes(4), world.Alerts.Only(Waiting).Fired);
        Assert.Same(alert, Assert.Single(world.Alerts.Fired));
    }

    [Fact]
    public void Firing_alert_goes_on_without_being_told_again()
    {
        var world = new RuleWorld();
        world.Evaluator.Restore([Left(AlertState.Firing)], Down);
        Wait(world, 1);

        world.Minutes(60);

        Assert.Empty(world.Alerts.Changes);
    }

    [Fact]
    public void Firing_alert_keeps_what_was_said_of_it_until_the_warm_up_is_over()
    {
        var world = new RuleWorld();
        ActiveAlert alert = Left(AlertState.Firing);
        alert.Description = new AlertDescription("5 callers wait", []);
        world.Evaluator.Restore([alert], Down);
        Wait(world, 9);

        world.Minutes(1.5);
        Assert.Null(alert.Describe);
        world.Minutes(1);

        Assert.Equal("9 callers wait for a connection", alert.Describe!().Summary);
    }

    [Fact]
    public void What_ended_meanwhile_is_over_once_after_the_warm_up()
    {
        var world = new RuleWorld();
        ActiveAlert alert = Left(AlertState.Firing);
        world.Evaluator.Restore([alert], Down);
        Wait(world, 0);

        world.Minutes(30);

        Assert.Equal(["changed", "resolved"], world.Alerts.Changes.Select(change => change.Change), StringComparer.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(7), alert.ResolvedAt);
    }

    [Fact]
    public void Outage_of_a_former_run_stays_while_there_are_no_calls_to_judge_by()
    {
        var world = new RuleWorld();
        world.Evaluator.Restore([Left(AlertState.Firing, "McpIntegrationDown", "1c")], Down);

        world.Minutes(30);
        Assert.Empty(world.Alerts.Changes);
        world.Integration("1c", "success");
        world.Minutes(6);

        Assert.Equal(["changed", "resolved"], world.Alerts.Changes.Select(change => change.Change), StringComparer.Ordinal);
    }

    [Fact]
    public void Slow_operation_of_a_former_run_needs_not_be_fast_first()
    {
        var world = new RuleWorld();
        ActiveAlert alert = new("McpSlowOperations", new AlertLabels([new("operation_type", "tools"), new("operation", "get_order")])) { State = AlertState.Firing, Severity = AlertSeverity.Medium };
        world.Evaluator.Restore([alert], Down);

        world.Minutes(30, 10, () => world.Call("get_order", seconds: 3));

        Assert.DoesNotContain(world.Alerts.Changes, change => change.Alert == alert);
    }

    [Fact]
    public void Alert_of_a_rule_that_is_gone_is_over()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = Waiting, Enabled = false }]);
        ActiveAlert gone = Left(AlertState.Firing, "Gone", "1c");
        ActiveAlert off = Left(AlertState.Firing);

        world.Evaluator.Restore([gone, off], Down);

        Assert.Equal([gone, off], world.Alerts.Changes.Select(change => change.Alert));
        Assert.All([gone, off], alert => Assert.Equal(ResolveReason.RuleRemoved, alert.ResolveReason));
    }

    [Fact]
    public void Alert_that_code_raised_is_nothing_to_rules()
    {
        var world = new RuleWorld();
        var raised = new ActiveAlert("Own", new AlertLabels([])) { State = AlertState.Firing, IsRaised = true };

        world.Evaluator.Restore([raised], Down);
        world.Minutes(10);

        Assert.Empty(world.Alerts.Changes);
        Assert.Equal(AlertState.Firing, raised.State);
    }

    [Fact]
    public void Reload_that_changes_nothing_for_a_rule_leaves_its_alerts_as_they_are()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(0.5);

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions { ActiveRequests = 5 }, []));
        world.Minutes(5);

        Assert.Equal(TimeSpan.FromMinutes(6), world.Alerts.Only(Waiting).Fired);
    }

    [Fact]
    public void Alert_reads_the_series_of_its_own_labels_after_a_reload_as_well()
    {
        // Label sets that have an alert are the first ones of the new rules, whatever their place was before.
        const string Rule = "McpHealthUnhealthy";
        var world = new RuleWorld();
        world.Samples.Set(MetricNames.HealthCheckStatus, 0, "disk", "unhealthy");
        world.Samples.Set(MetricNames.HealthCheckStatus, 1, "db", "unhealthy");
        world.Minutes(5);
        ActiveAlert alert = world.Firing(Rule);

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), []));
        world.Minutes(20);
        Assert.Same(alert, world.Firing(Rule));

        world.Samples.Set(MetricNames.HealthCheckStatus, 0, "db", "unhealthy");
        world.Minutes(6);
        Assert.Equal(AlertState.Resolved, alert.State);
    }

    [Fact]
    public void Reload_with_other_numbers_judges_what_fires_by_them()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 3);
        world.Minutes(5);

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = Waiting, Threshold = 2 }]));
        world.Minutes(5);
        Assert.Equal(AlertState.Firing, world.Firing(Waiting).State);

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = Waiting, Threshold = 4 }]));
        world.Minutes(6);

        Assert.Equal(ResolveReason.Recovered, Assert.Single(world.Alerts.Fired).ResolveReason);
    }

    [Fact]
    public void Reload_that_switches_a_rule_off_ends_its_alerts()
    {
        var world = new RuleWorld();
        world.Minutes(5);
        Wait(world, 1);
        world.Minutes(5);

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = Waiting, Enabled = false }]));

        Assert.Equal(ResolveReason.RuleRemoved, Assert.Single(world.Alerts.Fired).ResolveReason);
        Assert.Equal("resolved", world.Alerts.Changes[^1].Change);
    }

    [Fact]
    public void What_had_been_fast_before_a_reload_had_been_fast()
    {
        var world = new RuleWorld();
        world.Minutes(1);
        world.Minutes(30, 10, () => world.Call("get_order", seconds: 0.1));

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "McpSlowOperations", Threshold = 1 }]));
        world.Minutes(60, 100, () => world.Call("get_order", seconds: 3));

        Assert.True(world.HasFired("McpSlowOperations"));
    }

    private static ActiveAlert Left(AlertState state, string rule = Waiting, string dependency = "orders_db") => new(
        rule, new AlertLabels([new("alertname", rule), new("dependency", dependency)]))
    {
        State = state,
        Severity = rule == Waiting ? AlertSeverity.High : AlertSeverity.Critical,
        PendingSince = -TimeSpan.FromHours(1),
        FiredAt = state == AlertState.Firing ? -TimeSpan.FromMinutes(59) : null,
    };

    private static void Wait(RuleWorld world, double callers) => world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, callers, "orders_db");
}
