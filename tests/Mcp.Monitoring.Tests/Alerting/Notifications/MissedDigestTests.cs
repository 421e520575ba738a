using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What a channel that works again is told that it missed.</summary>
public class MissedDigestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly ChannelQueue _queue = new(new ScriptedChannel("telegram"), new DeliverySettings(), static _ => { });

    [Fact]
    public void The_worst_that_goes_on_comes_first_and_then_what_is_over()
    {
        AlertNotification digest = Of(
            Missed("over", AlertSeverity.Critical, NotificationKind.Resolved, count: 2, by: ["slack", "email"]),
            Missed("less", AlertSeverity.Medium, alerts: 3),
            Missed("worst", AlertSeverity.High, minutes: -5, alerts: 2));

        Assert.Equal("4 messages since 14:55 MSK went to email, slack instead: 2 alerts still go on, 1 is over", digest.Summary);
        Assert.Equal(["high · worst (goes on): it fails.", "medium · less (goes on): it fails.", "over (over): it fails."], digest.Facts);
        Assert.Equal("🟠 high · telegram works again, 2 alerts still go on · orders-mcp — 4 messages since 14:55 MSK went to email, slack instead: 2 alerts still go on, 1 is over. "
            + "high · worst (goes on): it fails. medium · less (goes on): it fails. over (over): it fails.", digest.Text);
        Assert.Equal((AlertSeverity.High, 5, false, false), (digest.Severity, digest.AlertCount, digest.IsSilent, digest.IsPossibleDuplicate));
        Assert.Equal(("missed/telegram", Noon.AddMinutes(-5)), (digest.Group, digest.StartedAt));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, false)]
    [InlineData(AlertSeverity.High, false)]
    [InlineData(AlertSeverity.Medium, true)]
    public void It_sounds_as_what_goes_on_does(AlertSeverity severity, bool isSilent)
    {
        Assert.Equal(isSilent, Of(Missed("a", severity)).IsSilent);
        Assert.True(Of(Missed("a", severity, NotificationKind.Resolved)).IsSilent);
    }

    [Fact]
    public void It_has_a_sign_and_a_heading_by_which_to_decide_whether_to_get_up()
    {
        AlertNotification goesOn = Of(Missed("a", AlertSeverity.Critical)), over = Of(Missed("a", AlertSeverity.Critical, NotificationKind.Resolved));

        Assert.Equal(("🔴", "critical · telegram works again, 1 alert still goes on", goesOn.Summary), (goesOn.Mark, goesOn.Heading, goesOn.Body));
        Assert.Equal(("🟢", "telegram works again", over.Summary), (over.Mark, over.Heading, over.Body));
    }

    [Theory]
    [InlineData(10, "high · 9 (goes on): it fails.")]
    [InlineData(11, "And 1 more.")]
    [InlineData(25, "And 15 more.")]
    public void Ten_are_shown_and_the_others_counted(int missed, string last)
    {
        AlertNotification digest = Of([.. Enumerable.Range(0, missed).Select(i => Missed($"{i}", AlertSeverity.High))]);

        Assert.Equal(Math.Min(missed, 11), digest.Facts.Count);
        Assert.Equal(last, digest.Facts[^1]);
    }

    [Theory]
    [InlineData(NotificationKind.Announcement)]
    [InlineData(NotificationKind.Digest)]
    public void What_is_no_alert_neither_goes_on_nor_is_over(NotificationKind kind)
    {
        AlertNotification digest = Of(Missed("unclean stop", AlertSeverity.High, kind));

        Assert.Equal("unclean stop: it fails.", Assert.Single(digest.Facts));
        Assert.Equal("1 message since 15:00 MSK went to email instead", digest.Summary);
    }

    [Fact]
    public void The_end_of_flapping_is_over_where_it_has_ended()
    {
        MissedNotification missed = Missed("a", AlertSeverity.High, NotificationKind.FlappingEnded);

        Assert.True(missed.GoesOn);
        Assert.False((missed with { Notification = missed.Notification with { EndedAt = Noon } }).GoesOn);
    }

    [Theory]
    [InlineData(281)]
    [InlineData(400)]
    public void A_line_is_cut_at_300_characters(int length)
    {
        AlertNotification digest = Of(new MissedNotification(Missed("a", AlertSeverity.High).Notification with { Summary = new string('x', length) }, 1, Noon, ["email"]));

        Assert.Equal(300, Assert.Single(digest.Facts).Length);
    }

    [Fact]
    public void A_refused_one_leaves_out_what_the_messages_said_and_a_duplicate_says_so()
    {
        _queue.IsDigestRefused = true;
        _queue.IsDigestPossibleDuplicate = true;

        AlertNotification digest = Of(Missed("a", AlertSeverity.High));

        Assert.Empty(digest.Facts);
        Assert.EndsWith("1 alert still goes on.", digest.Text, StringComparison.Ordinal);
        Assert.True(digest.IsPossibleDuplicate);
    }

    private static MissedNotification Missed(
        string title, AlertSeverity severity, NotificationKind kind = NotificationKind.First, int minutes = 0, int count = 1, int alerts = 1, string[]? by = null) =>
        new(
            new AlertNotification { Id = title, Kind = kind, Severity = severity, Group = title, Title = title, Service = "orders-mcp", Summary = "it fails", Text = title, AlertCount = alerts },
            count,
            Noon.AddMinutes(minutes),
            by ?? ["email"]);

    private AlertNotification Of(params MissedNotification[] missed) => MissedDigest.Of(_queue, missed, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), AlertTexts.English);
}
