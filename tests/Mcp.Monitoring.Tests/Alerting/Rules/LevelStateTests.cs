using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class LevelStateTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan For = TimeSpan.FromMinutes(2);
    private static readonly RuleTiming Timing = new() { KeepFiringFor = TimeSpan.FromMinutes(5) };

    private readonly LevelState _level = new();
    private TimeSpan _now;

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void It_fires_in_the_evaluation_in_which_the_condition_has_held_for_long_enough(int after, bool isFiring)
    {
        Steps(EvaluationResult.True, after + 1);

        Assert.Equal(isFiring ? LevelPhase.Firing : LevelPhase.Pending, _level.Phase);
    }

    [Fact]
    public void Condition_that_needs_no_time_fires_at_once()
    {
        _level.Step(_now, EvaluationResult.True, EvaluationResult.True, TimeSpan.Zero, Timing, isWarm: true);

        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pending_condition_that_breaks_off_begins_anew(bool isAbsent)
    {
        Steps(EvaluationResult.True, 7);
        Steps(isAbsent ? EvaluationResult.NoData : EvaluationResult.False, 1);
        Assert.Equal(LevelPhase.Inactive, _level.Phase);

        Steps(EvaluationResult.True, 8);

        Assert.Equal(LevelPhase.Pending, _level.Phase);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void It_is_kept_firing_for_a_while_after_its_condition(int after, bool isFiring)
    {
        Fire();

        Steps(EvaluationResult.False, after);

        Assert.Equal(isFiring, _level.IsFiring);
        Assert.False(_level.EndedWithoutData);
    }

    [Fact]
    public void Condition_that_comes_back_meanwhile_is_the_same_episode()
    {
        Fire();
        TimeSpan since = _level.Since;
        Steps(EvaluationResult.False, 20);
        Steps(EvaluationResult.True, 1);

        Steps(EvaluationResult.False, 20);

        Assert.Equal(LevelPhase.KeepFiring, _level.Phase);
        Assert.Equal(since, _level.Since);
    }

    [Fact]
    public void Limit_of_the_end_counts_once_it_fires_and_not_before()
    {
        Steps(EvaluationResult.False, EvaluationResult.True, 20);
        Assert.Equal(LevelPhase.Inactive, _level.Phase);
        Fire();

        Steps(EvaluationResult.False, EvaluationResult.True, 100);
        Assert.Equal(LevelPhase.Firing, _level.Phase);

        Steps(EvaluationResult.False, EvaluationResult.False, 21);
        Assert.Equal(LevelPhase.Inactive, _level.Phase);
    }

    [Fact]
    public void It_does_not_begin_to_fire_while_its_end_is_due()
    {
        Steps(EvaluationResult.True, EvaluationResult.False, 20);
        Assert.Equal(LevelPhase.Pending, _level.Phase);
        Assert.False(_level.IsPending);

        Steps(EvaluationResult.True, 1);

        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Fact]
    public void It_does_not_begin_to_fire_for_what_was_brief()
    {
        for (int i = 0; i < 20; i++, _now += Step)
        {
            _level.Step(_now, EvaluationResult.True, EvaluationResult.True, For, Timing, isWarm: true, mayBegin: false);
        }

        Assert.True(_level.IsPending);
        _level.Step(_now, EvaluationResult.True, EvaluationResult.True, For, Timing, isWarm: true);
        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Fact]
    public void What_is_over_although_its_window_still_holds_it_is_kept_firing_from_then_on()
    {
        Fire();
        TimeSpan clear = _now - TimeSpan.FromMinutes(1);

        _level.Step(_now, EvaluationResult.True, EvaluationResult.True, For, Timing, isWarm: true, clear);
        Assert.Equal(clear, _level.QuietSince);
        _now += TimeSpan.FromMinutes(4);
        _level.Step(_now, EvaluationResult.True, EvaluationResult.True, For, Timing, isWarm: true, clear);

        Assert.Equal(LevelPhase.Inactive, _level.Phase);
        _level.Step(_now + Step, EvaluationResult.True, EvaluationResult.True, For, Timing, isWarm: true, clear);
        Assert.Equal(LevelPhase.Inactive, _level.Phase);
    }

    [Theory]
    [InlineData(240, true)]
    [InlineData(241, false)]
    public void What_fires_stays_so_without_data_for_an_hour_and_no_longer(int steps, bool isFiring)
    {
        Fire();

        Steps(EvaluationResult.NoData, steps);

        Assert.Equal(isFiring, _level.IsFiring);
        Assert.Equal(!isFiring, _level.EndedWithoutData);
    }

    [Fact]
    public void Data_that_comes_back_begins_the_hour_anew()
    {
        Fire();
        Steps(EvaluationResult.NoData, 200);
        Steps(EvaluationResult.True, 1);

        Steps(EvaluationResult.NoData, 200);

        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Fact]
    public void What_had_recovered_is_over_although_the_data_are_gone()
    {
        Fire();
        Steps(EvaluationResult.False, 1);

        Steps(EvaluationResult.NoData, 20);

        Assert.Equal(LevelPhase.Inactive, _level.Phase);
        Assert.False(_level.EndedWithoutData);
    }

    [Fact]
    public void Rule_may_take_absence_for_the_end()
    {
        RuleTiming timing = Timing with { NoData = NoDataMode.Resolve };
        Fire();

        Steps(EvaluationResult.NoData, EvaluationResult.NoData, 21, timing);

        Assert.Equal(LevelPhase.Inactive, _level.Phase);
        Assert.True(_level.EndedWithoutData);
    }

    [Fact]
    public void Rule_may_fire_on_absence()
    {
        RuleTiming timing = Timing with { NoData = NoDataMode.Fire };

        Steps(EvaluationResult.NoData, EvaluationResult.NoData, 500, timing);

        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Fact]
    public void Nothing_begins_to_fire_and_nothing_ends_before_enough_has_been_seen()
    {
        Steps(EvaluationResult.True, EvaluationResult.True, 30, isWarm: false);
        Assert.Equal(LevelPhase.Pending, _level.Phase);
        Steps(EvaluationResult.True, 1);
        Assert.Equal(LevelPhase.Firing, _level.Phase);

        Steps(EvaluationResult.False, EvaluationResult.False, 100, isWarm: false);

        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    [Fact]
    public void Time_in_which_nobody_looked_counts_toward_nothing()
    {
        Steps(EvaluationResult.True, 5);
        Suspend(TimeSpan.FromHours(1));
        Steps(EvaluationResult.True, 3);
        Assert.Equal(LevelPhase.Pending, _level.Phase);
        Steps(EvaluationResult.True, 1);
        Assert.Equal(LevelPhase.Firing, _level.Phase);

        Steps(EvaluationResult.False, 10);
        Suspend(TimeSpan.FromHours(1));
        Steps(EvaluationResult.False, 10);
        Assert.Equal(LevelPhase.KeepFiring, _level.Phase);
        Steps(EvaluationResult.False, 1);

        Assert.Equal(LevelPhase.Inactive, _level.Phase);
    }

    private void Fire()
    {
        Steps(EvaluationResult.True, 9);
        Assert.Equal(LevelPhase.Firing, _level.Phase);
    }

    private void Suspend(TimeSpan time)
    {
        _now += time;
        _level.Shift(time);
    }

    private void Steps(EvaluationResult verdict, int count) => Steps(verdict, verdict, count);

    private void Steps(EvaluationResult fires, EvaluationResult holds, int count, RuleTiming? timing = null, bool isWarm = true)
    {
        for (int i = 0; i < count; i++)
        {
            _level.Step(_now, fires, holds, For, timing ?? Timing, isWarm);
            _now += Step;
        }
    }
}
