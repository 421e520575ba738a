using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Stages;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

/// <summary>What a channel is to be told of a group, and when: with a wait of 30 s, 5 s for what is critical, 5 min between details and 4 h between repeats.</summary>
public class FlushDecisionTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Told an hour ago, now is two hours after the start.
    private static readonly TimeSpan Told = Hour;
    private static readonly TimeSpan Now = 2 * Hour;

    private readonly AlertGroup _group = new("g", new AlertLabels([new("dependency", "1c")]), TimeSpan.Zero) { StartedAt = TimeSpan.Zero };
    private readonly NotificationLogEntry _entry = new() { Group = "g", Channel = "telegram", SentAt = Told, FirstSentAt = Told };
    private readonly AlertGroupingOptions _options = new();

    [Theory]
    [InlineData(AlertSeverity.Critical, 5, 30, 5)]
    [InlineData(AlertSeverity.High, 5, 30, 30)]
    [InlineData(AlertSeverity.Critical, 40, 30, 30)]
    public void The_first_message_waits_for_others(AlertSeverity severity, int criticalWait, int wait, int waited)
    {
        _options.CriticalWait = TimeSpan.FromSeconds(criticalWait);
        _options.Wait = TimeSpan.FromSeconds(wait);
        Begins("a", severity);

        Is(NotificationKind.First, Now + TimeSpan.FromSeconds(waited));
    }

    [Fact]
    public void The_first_message_waits_no_longer_than_the_first_of_its_alerts()
    {
        Begins("a", AlertSeverity.High, at: Now - (20 * TimeSpan.FromSeconds(1)));
        Begins("b", AlertSeverity.High);

        Is(NotificationKind.First, Now + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Nothing_is_told_of_what_goes_to_another_channel_or_may_not_be_told()
    {
        Begins("a", AlertSeverity.Critical).Channels = ["email"];
        Begins("b", AlertSeverity.Critical).IsSilenced = true;
        Begins("c", AlertSeverity.Critical).IsInhibited = true;

        IsNothing();
        _group.IsUnsilenced = true;
        IsNothing();
    }

    [Fact]
    public void What_a_silence_held_back_is_told_at_once()
    {
        _group.IsUnsilenced = true;
        Begins("a", AlertSeverity.Medium);
        Is(NotificationKind.SilenceExpired, Now);

        Goes("b", AlertSeverity.Medium);
        Is(NotificationKind.SilenceExpired, Now);
    }

    [Fact]
    public void The_end_of_a_silence_is_no_news_while_another_holds()
    {
        _group.IsUnsilenced = true;
        Goes("a", AlertSeverity.High).IsSilenced = true;

        IsNothing();
    }

    [Theory]
    [InlineData(AlertSeverity.High, AlertSeverity.High, 0.5)] // after the wait
    [InlineData(AlertSeverity.Medium, AlertSeverity.Medium, -55)] // 5 min after the last message
    [InlineData(AlertSeverity.Critical, AlertSeverity.High, 5.0 / 60)]
    [InlineData(AlertSeverity.Medium, AlertSeverity.Low, -55)]
    public void What_begins_is_told_after_its_wait_if_it_is_urgent_and_else_as_a_detail(AlertSeverity severity, AlertSeverity told, double minutes)
    {
        Goes("a", told);
        Begins("b", severity);

        Is(NotificationKind.Update, Now + (minutes * Minute));
    }

    [Theory]
    [InlineData(AlertSeverity.High, -55)]
    [InlineData(AlertSeverity.Critical, 5.0 / 60)]
    public void What_a_known_cause_explains_is_a_detail_unless_it_is_worse(AlertSeverity severity, double minutes)
    {
        Goes("McpIntegrationDown", AlertSeverity.High);
        Begins("McpRetriesHigh", severity);

        Is(NotificationKind.Update, Now + (minutes * Minute));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, AlertSeverity.High, 0)]
    [InlineData(AlertSeverity.High, AlertSeverity.Medium, 0)]
    [InlineData(AlertSeverity.Medium, AlertSeverity.Low, -55)]
    [InlineData(AlertSeverity.High, AlertSeverity.High, null)]
    public void What_has_become_worse_than_was_told_is_told_at_once_if_it_is_urgent(AlertSeverity severity, AlertSeverity told, int? minutes)
    {
        Goes("a", severity);
        _entry.Severity = told;

        Is(minutes is null ? NotificationKind.Repeat : NotificationKind.Update, minutes is { } after ? Now + (after * Minute) : Told + (4 * Hour));
    }

    [Theory]
    [InlineData(10, 5)] // ended 10 min before the last message
    [InlineData(0, 5)]
    [InlineData(-1, 6)]
    [InlineData(-60, 65)]
    public void What_is_over_is_told_after_the_interval_while_others_go_on(int minutesBefore, int minutesAfter)
    {
        Goes("a", AlertSeverity.High);
        ActiveAlert over = IsOver("b", Told - (minutesBefore * Minute));

        GroupChange change = Is(NotificationKind.Update, Told + (minutesAfter * Minute));

        Assert.Equal([over], change.Over);
        Assert.Equal("a", Assert.Single(change.Going).Rule);
    }

    [Theory]
    [InlineData("McpIntegrationDown", "McpRetriesHigh")]
    [InlineData("McpRetriesHigh", "McpIntegrationDown")]
    public void That_one_name_of_the_same_outage_is_over_is_no_news(string goesOn, string isOver)
    {
        Goes(goesOn, AlertSeverity.High);
        IsOver(isOver, Now);

        Is(NotificationKind.Repeat, Told + (4 * Hour));
    }

    [Fact]
    public void All_that_is_over_is_told_at_once()
    {
        IsOver("a", Now);
        Is(NotificationKind.Resolved, Now);

        ActiveAlert silenced = Goes("b", AlertSeverity.High);
        silenced.IsSilenced = true;
        Assert.Equal([silenced], Is(NotificationKind.Update, Now + (5 * Minute)).Going);
    }

    [Theory]
    [InlineData(2, 10, true)]
    [InlineData(2, 9.99, false)]
    [InlineData(0, 10, false)] // five times nothing is nothing
    [InlineData(-2, 10, false)]
    public void Five_times_what_was_told_is_told_15_minutes_after_that(double told, double value, bool isNews)
    {
        ActiveAlert alert = Goes("a", AlertSeverity.Medium, told);
        alert.IsIntensity = true;
        alert.Value = value;

        GroupChange change = Is(isNews ? NotificationKind.Update : NotificationKind.Repeat, isNews ? Told + (15 * Minute) : Told + (4 * Hour));
        Assert.Equal(isNews, change.IsMuchWorse);
        alert.QuietSince = Now;
        Is(NotificationKind.Repeat, Told + (4 * Hour));
    }

    [Fact]
    public void What_is_no_longer_critical_is_told_once_after_the_interval()
    {
        Goes("a", AlertSeverity.High);
        _entry.Severity = AlertSeverity.Critical;
        Assert.True(Is(NotificationKind.Update, Told + (5 * Minute)).HasFallen);

        _entry.IsFallTold = true;
        Is(NotificationKind.Repeat, Told + (4 * Hour));
        _entry.IsFallTold = false;
        Goes("b", AlertSeverity.Critical);
        Is(NotificationKind.Repeat, Told + (4 * Hour));
    }

    [Fact]
    public void What_had_stopped_when_it_was_told_is_told_at_once_and_what_stopped_later_is_not()
    {
        ActiveAlert alert = Goes("a", AlertSeverity.High);
        alert.StoppedAt = Told + Tick;
        Is(NotificationKind.Repeat, Told + (4 * Hour));
        alert.StoppedAt = Told;
        Assert.Equal(Told, Is(NotificationKind.Update, Now).StoppedAt);

        // Not all of it has stopped.
        ActiveAlert other = Goes("b", AlertSeverity.High);
        Is(NotificationKind.Repeat, Told + (4 * Hour));
        other.StoppedAt = Told - Minute;
        Assert.Equal(Told, Is(NotificationKind.Update, Now).StoppedAt);
        _entry.IsStopTold = true;
        Is(NotificationKind.Repeat, Told + (4 * Hour));
    }

    [Theory]
    [InlineData(AlertSeverity.High, true)]
    [InlineData(AlertSeverity.Medium, false)]
    public void What_was_said_to_have_stopped_and_goes_on_again_is_told_at_once_if_it_is_urgent(AlertSeverity severity, bool isNews)
    {
        ActiveAlert alert = Goes("a", severity);
        _entry.IsStopTold = true;

        Assert.Equal(isNews, Is(isNews ? NotificationKind.Update : NotificationKind.Repeat, isNews ? Now : Told + (4 * Hour)).HasResumed);
        alert.QuietSince = Now;
        Is(NotificationKind.Repeat, Told + (4 * Hour));
    }

    [Fact]
    public void What_goes_on_is_repeated_as_often_as_the_one_that_wants_it_most_unless_somebody_looks_after_it()
    {
        ActiveAlert one = Goes("a", AlertSeverity.High), other = Goes("b", AlertSeverity.High, repeat: 6 * Hour);
        Is(NotificationKind.Repeat, Told + (4 * Hour));
        one.IsAcknowledged = true;
        Is(NotificationKind.Repeat, Told + (6 * Hour));

        other.IsAcknowledged = true;

        IsNothing();
    }

    [Fact]
    public void A_change_that_is_due_with_a_repeat_is_told_as_a_change()
    {
        _options.RepeatInterval = _options.Interval;
        Goes("a", AlertSeverity.Medium);
        Begins("b", AlertSeverity.Medium);
        Is(NotificationKind.Update, Told + (5 * Minute));

        _options.RepeatInterval = _options.Interval - Tick;

        Is(NotificationKind.Repeat, Told + (5 * Minute) - Tick);
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, AlertSeverity.High, true)]
    [InlineData(AlertSeverity.High, AlertSeverity.High, false)]
    [InlineData(AlertSeverity.Medium, AlertSeverity.Low, false)]
    public void While_it_comes_and_goes_only_that_it_is_worse_and_urgent_is_told(AlertSeverity severity, AlertSeverity told, bool isNews)
    {
        _group.IsFlapping = true;
        Begins("b", severity);
        IsNothing();
        Goes("a", told);

        if (isNews)
        {
            Is(NotificationKind.Update, Now);
        }
        else
        {
            IsNothing();
        }
    }

    [Theory]
    [InlineData(AlertSeverity.High, true)]
    [InlineData(AlertSeverity.Critical, false)]
    public void A_cause_that_comes_to_light_later_is_the_same_unless_it_is_worse(AlertSeverity severity, bool isSame)
    {
        Goes("McpRetriesHigh", AlertSeverity.High);
        ActiveAlert cause = Begins("McpIntegrationDown", severity);

        FlushDecision decision = Decide();

        Assert.Equal(isSame ? [cause] : [], decision.Same);
        Assert.Equal(isSame ? [] : [cause], decision.Change!.Begun);
        Assert.Equal(isSame ? NotificationKind.Repeat : NotificationKind.Update, decision.Change.Kind);
    }

    [Fact]
    public void A_cause_under_whose_name_an_outage_goes_on_is_not_its_end()
    {
        IsOver("McpRetriesHigh", Now);
        _entry.Severity = AlertSeverity.High;
        ActiveAlert cause = Begins("McpIntegrationDown", AlertSeverity.High);

        FlushDecision decision = Decide();

        Assert.Equal([cause], decision.Same);
        Assert.Equal((NotificationKind.Repeat, Told + (4 * Hour)), (decision.Change!.Kind, decision.Due));
    }

    private static ActiveAlert Make(string rule, AlertSeverity severity, TimeSpan? repeat = null) =>
        new(rule, new AlertLabels([new("alertname", rule), new("mcp_service", "orders-mcp"), new("dependency", "1c")]))
        {
            Severity = severity,
            State = AlertState.Firing,
            FiredAt = Now,
            Channels = ["telegram"],
            RepeatInterval = repeat,
        };

    // What the channel has not been told.
    private ActiveAlert Begins(string rule, AlertSeverity severity, TimeSpan? at = null)
    {
        ActiveAlert alert = Make(rule, severity);
        alert.FiredAt = at ?? Now;
        _group.Add(alert);
        return alert;
    }

    // What it knows.
    private ActiveAlert Goes(string rule, AlertSeverity severity, double told = double.NaN, TimeSpan? repeat = null)
    {
        ActiveAlert alert = Make(rule, severity, repeat);
        _group.Add(alert);
        _entry.Firing[alert.Fingerprint] = told;
        _entry.Severity = severity > _entry.Severity ? severity : _entry.Severity;
        return alert;
    }

    private ActiveAlert IsOver(string rule, TimeSpan at)
    {
        ActiveAlert alert = Goes(rule, AlertSeverity.Medium);
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = at;
        return alert;
    }

    private FlushDecision Decide() => FlushDecision.Of(_group, "telegram", _entry, _options, Now);

    private GroupChange Is(NotificationKind kind, TimeSpan due)
    {
        FlushDecision decision = Decide();
        Assert.NotNull(decision.Change);
        Assert.Equal((kind, due), (decision.Change.Kind, decision.Due));
        return decision.Change;
    }

    private void IsNothing()
    {
        FlushDecision decision = Decide();
        Assert.Null(decision.Change);
        Assert.Null(decision.Due);
    }
}
