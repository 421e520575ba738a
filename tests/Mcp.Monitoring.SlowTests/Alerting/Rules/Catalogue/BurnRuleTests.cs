using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.SlowTests.Alerting.Rules.Catalogue;

/// <summary>Budgets of objectives: what pages ends soon after its cause, and what goes on for hours is another alert.</summary>
public class BurnRuleTests
{
    private const string Fast = "McpAvailabilityBurn";
    private const string Slow = "McpBudgetSlowBurn";
    private static readonly TimeSpan Start = TimeSpan.FromHours(2);

    [Fact]
    public void Outage_pages_by_its_budget_after_6_minutes()
    {
        RuleWorld world = Outage(20, recovers: 0);

        // 7.2 % of an hour are 4 min 19 s of failures, held for 2 minutes.
        Assert.InRange(world.Firing(Fast).FiredAt!.Value - Start, TimeSpan.FromSeconds(375), TimeSpan.FromSeconds(405));
        Assert.Equal(AlertSeverity.Critical, world.Firing(Fast).Severity);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(240)]
    public void Page_ends_5_minutes_after_recovery_however_long_it_was(int minutes)
    {
        RuleWorld world = Outage(minutes, recovers: 90);

        ActiveAlert alert = Assert.Single(world.Alerts.Fired, alert => alert.Rule == Fast);
        Assert.InRange(alert.ResolvedAt!.Value - Start - TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(4.5), TimeSpan.FromMinutes(5.75));
        Assert.Equal(AlertSeverity.Critical, alert.Severity);
        Assert.DoesNotContain(world.Alerts.Changes, change => change.Alert.Rule == Fast && change.Change == "severity");
    }

    [Fact]
    public void Slower_speed_that_would_end_at_once_does_not_begin_to_fire()
    {
        RuleWorld world = Outage(6, recovers: 60, share: 0.6);

        Assert.DoesNotContain(world.Alerts.Fired, alert => alert.Rule == Fast);
        Assert.DoesNotContain(world.Alerts.Changes, change => change.Alert.Rule == Fast && change.At > Start + TimeSpan.FromMinutes(12) && change.Change == "pending");
    }

    [Fact]
    public void What_goes_on_slowly_is_an_alert_of_its_own()
    {
        RuleWorld world = Outage(240, recovers: 0, share: 0.028);

        ActiveAlert slow = Assert.Single(world.Alerts.Fired);
        Assert.Equal(Slow, slow.Rule);
        Assert.Equal("availability", slow.Labels["slo"]);
        Assert.Equal(AlertSeverity.Medium, slow.Severity);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(45, 1)]
    [InlineData(60, 0.05)]
    public void What_is_over_is_no_slow_burn(int minutes, double share)
    {
        RuleWorld world = Outage(minutes, recovers: 300, share);

        Assert.DoesNotContain(world.Alerts.Fired, alert => alert.Rule == Slow);
    }

    [Fact]
    public void Errors_about_the_limit_do_not_make_the_page_come_and_go()
    {
        var world = new RuleWorld();
        world.Minutes(120, 60, () => world.Availability.Add(1, 0));
        var random = new Random(4);
        world.Minutes(300, 200, () => world.Availability.Add(1, random.NextDouble() < 0.08 ? 1 : 0));

        Assert.Single(world.Alerts.Fired, alert => alert.Rule == Fast);
    }

    [Fact]
    public void Slow_burn_is_told_of_both_kinds_of_objectives()
    {
        var world = new RuleWorld();
        world.Minutes(10);
        for (int i = 0; i < 2; i++)
        {
            world.Availability.Add(500, 10);
            world.Fast.Add(500, 100);
            world.Minutes(62);
        }

        Assert.Equal(
            ["availability budget burning", "latency budget burning"],
            world.Alerts.Firing.Where(alert => alert.Rule == Slow).Select(alert => alert.Describe!().Title).Order(StringComparer.Ordinal));
        Assert.Equal(
            "budget of availability is spent 4 times too fast: 20 of 1,000 calls failed in 24 h (2 %), the objective is 99.5 %",
            world.Alerts.Firing.Single(alert => alert.Rule == Slow && alert.Labels["slo"] == "availability").Describe!().Summary);
    }

    [Fact]
    public void Both_latency_objectives_are_judged_by_their_own_events()
    {
        var world = new RuleWorld();
        world.Minutes(10);
        world.Fast.Add(500, 375);
        world.Minutes(2);
        world.Fast.Add(500, 375);
        world.Minutes(1);

        ActiveAlert alert = world.Firing("McpLatencyBurn");
        Assert.Equal("latency_200ms", alert.Labels["slo"]);
        Assert.Equal(15, alert.Value, 9);
        Assert.Equal("budget of latency_200ms is spent 15 times too fast: 750 of 1,000 calls took over 200 ms in 1 h (75 %), the objective is 95 %", alert.Describe!().Summary);
    }

    [Fact]
    public void Window_and_duration_make_all_speeds_longer_alike()
    {
        AlertRule usual = Find(new AlertRuleOptions { Name = Slow });
        AlertRule halved = Find(new AlertRuleOptions { Name = Slow, Window = TimeSpan.FromHours(12), For = TimeSpan.FromMinutes(30), Threshold = 2 });

        Assert.Equal(usual.Levels.Select(level => level.Window / 2), halved.Levels.Select(level => level.Window));
        Assert.Equal(usual.Levels.Select(level => level.For / 2), halved.Levels.Select(level => level.For));
        Assert.NotEqual(usual.Levels[0].Limit, halved.Levels[0].Limit);
    }

    private static AlertRule Find(AlertRuleOptions options) => RuleCatalogue.Build(new Mcp.Monitoring.ThresholdOptions(), [options]).Single(rule => rule.Name == options.Name);

    private static RuleWorld Outage(double minutes, double recovers, double share = 1)
    {
        var world = new RuleWorld();
        world.Minutes(Start.TotalMinutes, 50, () => world.Availability.Add(1, 0));
        world.Minutes(minutes, 50, () => world.Availability.Add(1, share));
        return world.Minutes(recovers, 50, () => world.Availability.Add(1, 0));
    }
}
