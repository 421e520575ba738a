using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>An outage from 02:00 on; the process is away from 02:30 to 03:00. What is shown is when it began.</summary>
public class OutageRestartTests
{
    private const string Server = "McpServerFailing";
    private const string Tool = "McpToolFailing";
    private static readonly TimeSpan Began = TimeSpan.FromHours(2);
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(30);
    private int _calls;

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public void Outage_goes_on_as_the_same_alert_with_its_true_beginning(int perHour)
    {
        RuleWorld second = Restarted(perHour, out ActiveAlert[] left);
        ActiveAlert server = left.Single(alert => alert.Rule == Server);
        Assert.Equal(new TimeSpan(2, 0, 0), TimeOfDay(second, server.StartedAt));

        second.Minutes(20, perHour / 60.0, () => Fail(second));

        Assert.DoesNotContain(second.Alerts.Changes, change => change.Alert.Rule is Server or Tool);
        Assert.Equal(AlertState.Firing, server.State);
        Assert.Equal(new TimeSpan(2, 0, 0), TimeOfDay(second, server.StartedAt));

        // What failed after an evaluation, and before the process ended, nobody has seen.
        Assert.InRange(server.Value, _calls - 7, _calls);
        Assert.Equal($"{server.Value} of {server.Value} calls failed in 80 min", server.Describe!().Summary);
        Assert.Contains(server.Describe().Facts, fact => fact.EndsWith(" since the start.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public void First_success_ends_it_within_the_warm_up(int perHour)
    {
        RuleWorld second = Restarted(perHour, out ActiveAlert[] left);
        second.Evaluator.WarmUp = TimeSpan.FromMinutes(30);
        second.Minutes(3, perHour / 60.0, () => Fail(second));
        TimeSpan success = second.Now;

        second.Minutes(10, perHour / 60.0, () => second.Call(_calls++ % 2 == 0 ? "get_order" : "get_stock"));

        Each.Of(left.Where(alert => alert.Rule is Server or Tool), alert =>
        {
            Assert.Equal(ResolveReason.Recovered, alert.ResolveReason);
            Assert.InRange(alert.ResolvedAt!.Value - success, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10));
            Assert.InRange(TimeOfDay(second, alert.StartedAt) - Began, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        });
        Assert.Empty(second.Alerts.Fired);
    }

    [Fact]
    public void Outage_of_which_nothing_is_heard_after_the_restart_stays()
    {
        RuleWorld second = Restarted(30, out ActiveAlert[] left);

        second.Minutes(120);

        Each.Of(left.Where(alert => alert.Rule is Server or Tool), alert => Assert.Equal(AlertState.Firing, alert.State));
    }

    [Fact]
    public void What_recovered_before_the_restart_is_over_when_it_was()
    {
        var first = new RuleWorld();
        first.Minutes(120, 10, () => first.Call("get_order"));
        first.Minutes(29, 10, () => first.Fail("get_order"));
        first.Minutes(1, 10, () => first.Call("get_order"));
        ActiveAlert alert = Assert.Single(first.Alerts.Firing, alert => alert.Rule == Tool);
        TimeSpan[] over = [TimeOfDay(first, alert.QuietSince!.Value), TimeOfDay(first, alert.StoppedAt!.Value)];
        RuleWorld second = Restart(first, out ActiveAlert[] left);
        ActiveAlert restored = left.Single(known => known.Rule == Tool);

        second.Minutes(3, 10, () => second.Call("get_order"));
        Assert.Equal(AlertState.Firing, restored.State);
        second.Minutes(3, 10, () => second.Call("get_order"));

        Assert.Equal(AlertState.Resolved, restored.State);
        Assert.Equal(over, new[] { restored.QuietSince, restored.StoppedAt }.Select(instant => TimeOfDay(second, instant!.Value)));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, 1, AlertSeverity.Critical)]
    [InlineData(AlertSeverity.High, 2, AlertSeverity.High)]
    [InlineData(AlertSeverity.High, 1, AlertSeverity.High)]
    [InlineData(AlertSeverity.High, 99, AlertSeverity.High)]
    [InlineData(AlertSeverity.Critical, -1, AlertSeverity.Critical)]
    public void Alert_goes_on_with_its_level_where_that_can_be(AlertSeverity severity, int level, AlertSeverity goesOnAs)
    {
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), []).Single(rule => rule.Name == Tool);
        var alert = new ActiveAlert(Tool, new AlertLabels([])) { State = AlertState.Firing, Severity = severity, Level = level };

        int found = rule.LevelOf(alert);

        Assert.Equal(goesOnAs, rule.Levels[found].Severity);
        Assert.True(found == level || level is 1 or 99 or -1);
    }

    [Fact]
    public void Tool_that_alone_failed_does_not_end_with_a_success_of_another()
    {
        var first = new RuleWorld();
        first.Minutes(120, 2, () => first.Call("get_stock"));
        first.Minutes(30, 2, () =>
        {
            first.Fail("get_order");
            first.Call("get_stock");
        });
        RuleWorld second = Restart(first, out ActiveAlert[] left);
        ActiveAlert alert = left.Single(known => known.Rule == Tool);

        second.Minutes(10, 2, () => second.Call("get_stock"));

        Assert.Equal(AlertState.Firing, alert.State);
        Assert.Null(alert.QuietSince);
    }

    [Fact]
    public void Share_of_a_former_run_stops_with_what_succeeds_now()
    {
        var first = new RuleWorld();
        first.Minutes(120, 30, () => first.Integration("1c", "success"));
        first.Minutes(30, 30, () => first.Integration("1c", first.Now.Ticks % 3 == 0 ? "success" : "error"));
        RuleWorld second = Restart(first, out ActiveAlert[] left);
        ActiveAlert alert = left.Single(known => known.Rule == "McpIntegrationErrors");
        TimeSpan last = alert.LastFailureAt!.Value;

        second.Minutes(8, 30, () => second.Integration("1c", "success"));

        Assert.Equal(AlertState.Resolved, alert.State);
        Assert.Equal(last, alert.StoppedAt);
    }

    [Fact]
    public void Reload_with_other_numbers_keeps_what_was_counted_in_a_former_run()
    {
        RuleWorld second = Restarted(30, out ActiveAlert[] left);
        second.Minutes(1);

        second.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = Server, MinimumFailures = 4 }, new AlertRuleOptions { Name = Tool, MinimumCalls = 4 }]));
        second.Minutes(10);

        Each.Of(left.Where(alert => alert.Rule is Server or Tool), alert => Assert.Equal(AlertState.Firing, alert.State));
        Assert.DoesNotContain(second.Alerts.Changes, change => change.Alert.Rule is Server or Tool);
    }

    [Fact]
    public void Reload_with_other_numbers_does_not_take_all_calls_of_the_process_for_those_of_the_alert()
    {
        var world = new RuleWorld();
        world.Minutes(180, 100, () => world.Integration("1c", "success"));
        world.Minutes(5, 60, () => world.Integration("1c", "error"));
        ActiveAlert alert = world.Firing("McpIntegrationErrors");

        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "McpIntegrationErrors", MinimumFailures = 6 }]));
        world.Minutes(1, 20, () => world.Integration("1c", "success"));

        Assert.NotNull(alert.StoppedAt);
    }

    private static TimeSpan TimeOfDay(RuleWorld world, TimeSpan instant) => world.Clock.ToUtc(instant).TimeOfDay;

    private RuleWorld Restarted(int perHour, out ActiveAlert[] left)
    {
        var first = new RuleWorld();
        first.Minutes(Began.TotalMinutes, perHour / 60.0, () => first.Call(_calls++ % 2 == 0 ? "get_order" : "get_stock"));
        _calls = 0;
        Fail(first);
        first.Minutes(30, perHour / 60.0, () => Fail(first));
        Assert.Contains(first.Alerts.Firing, alert => alert.Rule == Server);
        return Restart(first, out left);
    }

    private static RuleWorld Restart(RuleWorld first, out ActiveAlert[] left)
    {
        var second = new RuleWorld(startsAt: first.Now + Away);
        left = [.. first.Alerts.Firing.Select(alert => StoredAlert.Of(alert, first.Clock).ToActive(second.Clock))];
        second.Evaluator.Restore(left, Away);
        return second;
    }

    private void Fail(RuleWorld world) => world.Fail(_calls++ % 2 == 0 ? "get_order" : "get_stock", errorType: "integration");
}
