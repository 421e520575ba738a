using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.SlowTests.Alerting.Rules.Scenarios;

/// <summary>Something behind two tools is gone that nobody has registered: what fires and when it is over, at any traffic.</summary>
public class TotalOutageNightTests
{
    private const string Server = "McpServerFailing";
    private const string Tool = "McpToolFailing";

    private static readonly TimeSpan Healthy = TimeSpan.FromHours(3);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(6);

    private readonly RuleWorld _world = new();
    private int _calls;
    private double _due;

    [Theory]
    [InlineData(3, 300, 40)]
    [InlineData(30, 20, 4)]
    [InlineData(30, 60, 4)]
    [InlineData(120, 20, 3)]
    [InlineData(600, 20, 1.5)]
    [InlineData(3_000, 20, 1.5)]
    public void First_word_is_critical_and_comes_with_the_third_failed_call_or_within_minutes(int perHour, int minutes, double firstWithin)
    {
        Night(perHour, minutes);

        ActiveAlert alert = Assert.Single(_world.Alerts.Fired, alert => alert.Rule == Server);
        Assert.InRange(alert.FiredAt!.Value - Healthy, TimeSpan.Zero, TimeSpan.FromMinutes(firstWithin) + TimeSpan.FromSeconds(20));
        Assert.Equal(AlertSeverity.Critical, alert.Severity);
        Assert.Equal("integration", alert.ErrorType);
        Assert.InRange(alert.StartedAt - Healthy, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(_world.Alerts.Changes.Where(change => change.Change == "firing").Min(change => change.At), alert.FiredAt);
    }

    [Theory]
    [InlineData(3, 300)]
    [InlineData(30, 20)]
    [InlineData(30, 60)]
    [InlineData(120, 20)]
    [InlineData(600, 20)]
    [InlineData(3_000, 20)]
    public void All_that_fires_is_over_within_6_minutes_of_the_first_success_but_what_burns_slowly(int perHour, int minutes)
    {
        TimeSpan success = Night(perHour, minutes);

        Each.Of(_world.Alerts.Fired.Where(alert => alert.Rule is not ("McpBudgetSlowBurn" or "McpErrorTargetMissed")), alert =>
        {
            Assert.True(alert.ResolvedAt - success <= EndsWithin, $"{alert.Rule} is over {alert.ResolvedAt - success} after the first success.");
            Assert.Equal(ResolveReason.Recovered, alert.ResolveReason);
        });
        Each.Of(_world.Alerts.Fired.GroupBy(alert => alert.Labels.Fingerprint), episodes => Assert.Single(episodes));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public void What_has_stopped_says_so_once(int perHour)
    {
        TimeSpan success = Night(perHour, 20);

        Each.Of(_world.Alerts.Fired.Where(alert => alert.Rule is Server or Tool), alert =>
        {
            Assert.InRange(success - alert.StoppedAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(4));
            Assert.Equal(alert.LastFailureAt, alert.StoppedAt);
            Assert.Single(_world.Alerts.Changes, change => change.Alert == alert && change.Change == "changed");
        });
    }

    [Fact]
    public void Tool_alone_is_high_however_long_it_fails()
    {
        Run(Healthy, 60, _ => false);
        Run(TimeSpan.FromHours(2), 60, tool => tool == "get_order");

        Assert.False(_world.HasFired(Server));
        ActiveAlert alert = Assert.Single(_world.Alerts.Fired, alert => alert.Rule == Tool);
        Assert.Equal(AlertSeverity.High, alert.Severity);
        Assert.DoesNotContain(_world.Alerts.Changes, change => change.Alert == alert && change.Severity > AlertSeverity.High);
        Assert.Equal(AlertState.Firing, alert.State);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void Tool_that_goes_on_failing_alone_at_low_traffic_is_one_alert(int perHour)
    {
        Run(Healthy, perHour, _ => false);
        Run(TimeSpan.FromHours(5), perHour, tool => tool == "get_order");

        Assert.Equal(AlertState.Firing, Assert.Single(_world.Alerts.Fired, alert => alert.Rule == Tool).State);
    }

    [Fact]
    public void Fresh_process_tells_of_the_third_failure_within_its_warm_up()
    {
        var world = new RuleWorld();
        world.Evaluator.WarmUp = TimeSpan.FromMinutes(10);

        world.Minutes(4, 2, () => world.Fail("get_order"));

        Assert.InRange(world.Firing(Tool).FiredAt!.Value, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(10, 10)]
    public void Agent_that_tries_again_at_once_pages_nobody(int tries, int seconds)
    {
        Run(Healthy, 30, _ => false);
        for (int i = 0; i < tries; i++)
        {
            _world.Fail("get_order");
            _world.Availability.Add(1, 1);
            if (i * seconds / tries != (i + 1) * seconds / tries && (i + 1) * seconds / tries % 5 == 0)
            {
                _world.Run(SteadySamples.Step);
            }
        }

        Run(TimeSpan.FromHours(2), 30, _ => false);

        Assert.Empty(_world.Alerts.Fired);
    }

    [Theory]
    [InlineData(1_200)]
    [InlineData(3_000)]
    public void Deploy_that_breaks_all_for_30_seconds_is_told_as_stopped_and_over_5_minutes_later(int perHour)
    {
        Run(Healthy, perHour, _ => false);
        Run(TimeSpan.FromSeconds(30), perHour, _ => true);
        Run(TimeSpan.FromMinutes(30), perHour, _ => false);

        ActiveAlert alert = Assert.Single(_world.Alerts.Fired, alert => alert.Rule == Server);
        Assert.InRange(alert.FiredAt!.Value - Healthy, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(60));
        Assert.InRange(alert.StoppedAt!.Value - Healthy, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35));
        Assert.InRange(alert.ResolvedAt!.Value - Healthy, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6.25));
        Each.Of(_world.Alerts.Fired, fired => Assert.True(fired.ResolvedAt - Healthy < TimeSpan.FromMinutes(7), fired.Rule));
    }

    [Fact]
    public void Weekend_at_3_calls_an_hour_is_quiet()
    {
        _world.Coarsely();

        Run(TimeSpan.FromHours(48), 3, _ => false);

        Assert.Empty(_world.Alerts.Changes);
    }

    [Fact]
    public void Machine_that_sleeps_in_the_middle_adds_nothing_and_ends_nothing()
    {
        Run(Healthy, 600, _ => false);
        Run(TimeSpan.FromSeconds(20), 600, _ => true);
        _world.Suspend(TimeSpan.FromHours(2));
        _world.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_world.Alerts.Fired);

        Run(TimeSpan.FromMinutes(5), 600, _ => true);
        _world.Suspend(TimeSpan.FromHours(2));
        _world.Run(TimeSpan.FromMinutes(1));

        Assert.Equal(AlertState.Firing, _world.Firing(Server).State);
        Assert.InRange(_world.Firing(Server).StartedAt - Healthy, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Outage_of_which_nothing_is_heard_for_a_day_is_over_for_want_of_data()
    {
        Run(Healthy, 30, _ => false);
        Run(TimeSpan.FromMinutes(20), 30, _ => true);
        TimeSpan last = _world.Firing(Server).LastFailureAt!.Value;

        _world.Coarsely().Minutes(23.5 * 60);
        Assert.Equal(AlertState.Firing, _world.Firing(Server).State);
        _world.Minutes(60);

        Each.Of(_world.Alerts.Fired.Where(alert => alert.Rule is Server or Tool), alert =>
        {
            Assert.Equal(ResolveReason.NoData, alert.ResolveReason);
            Assert.InRange(alert.ResolvedAt!.Value - alert.LastFailureAt!.Value, TimeSpan.FromHours(24), TimeSpan.FromHours(24.2));
        });
        Assert.Equal(last, _world.Alerts.Fired.Single(alert => alert.Rule == Server).LastFailureAt);
    }

    // Returns the first success after it.
    private TimeSpan Night(int perHour, int minutes)
    {
        Run(Healthy, perHour, _ => false);
        Run(TimeSpan.FromMinutes(minutes), perHour, _ => true);
        TimeSpan success = default;
        Run(TimeSpan.FromHours(2), perHour, _ =>
        {
            success = success == default ? _world.Now : success;
            return false;
        });
        return success;
    }

    private void Run(TimeSpan time, double perHour, Func<string, bool> fails)
    {
        double perStep = perHour * SteadySamples.Step.TotalHours;
        _world.Run(time, _ =>
        {
            for (; _due >= 1 - 1e-9; _due--)
            {
                string tool = _calls++ % 2 == 0 ? "get_order" : "get_stock";
                bool hasFailed = fails(tool);
                _world.Availability.Add(1, hasFailed ? 1 : 0);
                if (hasFailed)
                {
                    _world.Fail(tool, errorType: "integration");
                }
                else
                {
                    _world.Call(tool);
                }
            }

            _due += perStep;
        });
    }
}
