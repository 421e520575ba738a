using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Annotations;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class AlertStateMachineTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private static readonly AlertRule Rule = new()
    {
        Name = "Burn",
        Levels =
        [
            new(AlertSeverity.Critical, TimeSpan.FromMinutes(2), 1, 1, 1),
            new(AlertSeverity.Low, TimeSpan.FromMinutes(10), 1, 1, 1),
        ],
        Timing = new RuleTiming { KeepFiringFor = TimeSpan.FromMinutes(1) },
        Annotations = new AlertAnnotations("", _ => "", _ => ""),
    };

    private readonly AlertStateMachine _machine = new(Rule, (_, _) => NewAlert());
    private TimeSpan _now;

    [Fact]
    public void One_alert_goes_through_its_severities_and_ends_with_the_last_of_them()
    {
        List<string> changes = [];
        Steps(changes, critical: true, low: true, 49);
        Steps(changes, critical: false, low: true, 49);
        Steps(changes, critical: false, low: false, 49);

        Assert.Equal(["0 Pending Critical", "120 Firing Critical", "795 Severity Low", "1530 Resolved Low"], changes);
        Assert.Equal(ResolveReason.Recovered, _machine.Alert!.ResolveReason);
        Assert.Equal(TimeSpan.FromSeconds(120), _machine.Alert.FiredAt);
        Assert.Equal(TimeSpan.Zero, _machine.Alert.PendingSince);
    }

    [Fact]
    public void Level_that_only_begins_keeps_the_alert_and_ends_it_when_it_breaks_off()
    {
        List<string> changes = [];
        Steps(changes, critical: true, low: false, 10);
        Steps(changes, critical: false, low: true, 20);
        Steps(changes, critical: false, low: false, 1);

        Assert.Equal(["0 Pending Critical", "120 Firing Critical", "210 Severity Low", "450 Resolved Low"], changes);
    }

    [Fact]
    public void Alert_that_never_fired_is_taken_back()
    {
        List<string> changes = [];
        Steps(changes, critical: true, low: false, 3);
        Steps(changes, critical: false, low: false, 3);

        Assert.Equal(["0 Pending Critical", "45 Resolved Critical"], changes);
        Assert.Null(_machine.Alert!.FiredAt);
    }

    [Fact]
    public void Further_episode_has_an_alert_of_its_own()
    {
        Steps([], critical: true, low: false, 10);
        ActiveAlert first = _machine.Alert!;
        Steps([], critical: false, low: false, 10);
        List<string> changes = [];

        Steps(changes, critical: true, low: false, 9);

        Assert.Equal(["300 Pending Critical", "420 Firing Critical"], changes);
        Assert.NotSame(first, _machine.Alert);
        Assert.Equal(AlertState.Resolved, first.State);
    }

    [Fact]
    public void While_it_is_kept_firing_the_alert_says_since_when()
    {
        Steps([], critical: true, low: false, 10);

        Steps([], critical: false, low: false, 2);

        Assert.Equal(TimeSpan.FromSeconds(150), _machine.Alert!.QuietSince);
        Assert.Equal(AlertState.Firing, _machine.Alert.State);
        Steps([], critical: true, low: false, 1);
        Assert.Null(_machine.Alert.QuietSince);
    }

    [Fact]
    public void Peak_is_the_worst_value_of_the_episode()
    {
        foreach (double value in new[] { 3.0, 7, double.NaN, 5 })
        {
            Read(EvaluationResult.True, EvaluationResult.False, value);
        }

        Assert.Equal(5, _machine.Alert!.Value);
        Assert.Equal(7, _machine.Alert.Peak);
    }

    [Fact]
    public void Peak_is_of_the_most_severe_level_whatever_the_values_of_others()
    {
        StepLow(9, 41);
        Assert.Equal(9, _machine.Alert!.Peak);

        StepBoth(critical: 2, low: 9, 9);
        Assert.Equal((2, AlertSeverity.Critical), (_machine.Alert.Peak, _machine.Alert.Severity));
        TimeSpan peaked = _machine.Alert.PeakAt!.Value;
        StepLow(9, 10);

        Assert.Equal((2, AlertSeverity.Low), (_machine.Alert.Peak, _machine.Alert.Severity));
        Assert.Equal(peaked, _machine.Alert.PeakAt);
    }

    [Fact]
    public void Lowest_value_is_the_peak_where_low_is_bad()
    {
        var machine = new AlertStateMachine(Rule with { LowIsBad = true }, (_, _) => NewAlert());
        foreach (double value in new[] { 5.0, 3, 3, 7 })
        {
            machine.Step(_now, [new(EvaluationResult.True, EvaluationResult.True, value, 1), new(EvaluationResult.False, EvaluationResult.False, 0, 1)], raise: false, isWarm: true);
            _now += Step;
        }

        Assert.Equal(3, machine.Alert!.Peak);
        Assert.Equal(2 * Step, machine.Alert.PeakAt);
        Assert.False(machine.Alert.IsIntensity);
    }

    [Fact]
    public void It_is_quiet_since_the_last_of_its_levels_is()
    {
        StepBoth(critical: 1, low: 1, 41);
        StepLow(1, 1);
        Assert.Null(_machine.Alert!.QuietSince);
        Steps([], critical: false, low: false, 1);

        Assert.Equal(42 * Step, _machine.Alert.QuietSince);
        Assert.True(_machine.HasTurned);
        Steps([], critical: false, low: false, 1);
        Assert.False(_machine.HasTurned);
    }

    [Fact]
    public void Failures_have_stopped_once_every_level_that_fires_says_so()
    {
        var stopped = new FailureReading(TimeSpan.Zero, Step, Step, null);
        var going = new FailureReading(TimeSpan.Zero, Step, null, null);
        for (int i = 0; i < 41; i++, _now += Step)
        {
            _machine.Step(_now, [Reading(going), Reading(going)], raise: false, isWarm: true);
        }

        Assert.Null(_machine.Alert!.StoppedAt);
        _machine.Step(_now, [Reading(stopped), Reading(going)], raise: false, isWarm: true);
        Assert.Null(_machine.Alert.StoppedAt);
        Assert.False(_machine.HasTurned);
        _machine.Step(_now += Step, [Reading(stopped), Reading(stopped)], raise: false, isWarm: true);

        Assert.Equal(Step, _machine.Alert.StoppedAt);
        Assert.Equal(TimeSpan.Zero, _machine.Alert.StartedAt);
        Assert.True(_machine.HasTurned);

        static LevelReading Reading(FailureReading failures) => new(EvaluationResult.True, EvaluationResult.True, 1, 1, failures);
    }

    [Fact]
    public void End_by_force_is_one_only_where_there_is_an_alert()
    {
        Assert.False(_machine.End(_now, ResolveReason.RuleRemoved));
        Steps([], critical: true, low: false, 10);

        Assert.True(_machine.End(_now, ResolveReason.RuleRemoved));
        Assert.Equal((AlertState.Resolved, ResolveReason.RuleRemoved, _now), (_machine.Alert!.State, _machine.Alert.ResolveReason, _machine.Alert.ResolvedAt));
        Assert.False(_machine.End(_now, ResolveReason.RuleRemoved));
    }

    [Fact]
    public void Time_in_which_nobody_looked_is_no_time_that_it_was_pending()
    {
        Steps([], critical: true, low: false, 4);
        _now += TimeSpan.FromHours(1);
        _machine.Shift(TimeSpan.FromHours(1));
        List<string> changes = [];

        Steps(changes, critical: true, low: false, 5);

        Assert.Equal(["3720 Firing Critical"], changes);
        Assert.Equal(TimeSpan.FromHours(1), _machine.Alert!.PendingSince);
    }

    [Fact]
    public void Raised_severity_stays_for_the_episode()
    {
        AlertRule rule = Rule with { Levels = [new(AlertSeverity.High, TimeSpan.Zero, 1, 1, 1)], Raise = new SeverityRaise(AlertSeverity.Critical, 1) };
        var instance = new AlertStateMachine(rule, (_, _) => NewAlert());
        LevelReading[] holds = [new(EvaluationResult.True, EvaluationResult.True, 1, 1)];

        Assert.Equal(AlertChange.Firing, instance.Step(_now, holds, raise: false, isWarm: true));
        Assert.Equal(AlertSeverity.High, instance.Alert!.Severity);
        Assert.Equal(AlertChange.Severity, instance.Step(_now + Step, holds, raise: true, isWarm: true));
        Assert.Equal(AlertChange.None, instance.Step(_now + Step, holds, raise: false, isWarm: true));
        Assert.Equal(AlertSeverity.Critical, instance.Alert.Severity);
    }

    [Theory]
    [InlineData(AlertSeverity.Critical)]
    [InlineData(AlertSeverity.Low)]
    public void Restored_alert_goes_on_with_the_level_of_its_severity(AlertSeverity severity)
    {
        ActiveAlert alert = NewAlert();
        alert.State = AlertState.Firing;
        alert.Severity = severity;
        alert.FiredAt = TimeSpan.FromHours(-1);
        _machine.Restore(alert);
        List<string> changes = [];

        Steps(changes, critical: severity == AlertSeverity.Critical, low: severity == AlertSeverity.Low, 100);
        Assert.Empty(changes);
        Steps(changes, critical: false, low: false, 5);

        Assert.Equal([$"1560 Resolved {severity}"], changes);
    }

    [Fact]
    public void Restored_pending_alert_goes_on_with_the_level_that_needs_the_longest()
    {
        ActiveAlert alert = NewAlert();
        alert.PendingSince = TimeSpan.FromMinutes(-6);
        _machine.Restore(alert);
        List<string> changes = [];

        Steps(changes, critical: false, low: true, 17);

        Assert.Equal(["240 Firing Low"], changes);
    }

    private void StepLow(double value, int count) => StepAll(EvaluationResult.False, 0, value, count);

    private void StepBoth(double critical, double low, int count) => StepAll(EvaluationResult.True, critical, low, count);

    private void StepAll(EvaluationResult isCritical, double critical, double low, int count)
    {
        for (int i = 0; i < count; i++, _now += Step)
        {
            _machine.Step(_now, [new(isCritical, isCritical, critical, 1), new(EvaluationResult.True, EvaluationResult.True, low, 1)], raise: false, isWarm: true);
        }
    }

    private static ActiveAlert NewAlert() => new("Burn", new AlertLabels([]));

    private void Steps(List<string> changes, bool critical, bool low, int count)
    {
        for (int i = 0; i < count; i++)
        {
            AlertChange change = Read(critical ? EvaluationResult.True : EvaluationResult.False, low ? EvaluationResult.True : EvaluationResult.False, 1);
            if (change != AlertChange.None)
            {
                changes.Add($"{(_now - Step).TotalSeconds} {change} {_machine.Alert!.Severity}");
            }
        }
    }

    private AlertChange Read(EvaluationResult critical, EvaluationResult low, double value)
    {
        AlertChange change = _machine.Step(_now, [new(critical, critical, value, 1), new(low, low, value, 1)], raise: false, isWarm: true);
        _now += Step;
        return change;
    }
}
