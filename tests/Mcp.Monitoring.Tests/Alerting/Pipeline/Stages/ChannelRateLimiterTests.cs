using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Stages;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

public class ChannelRateLimiterTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ChannelRateLimiter _limiter = new("telegram");

    [Theory]
    [InlineData(10, 8)]
    [InlineData(9, 8)] // a fifth of it is one
    [InlineData(4, 3)] // never less than one
    [InlineData(60, 48)]
    public void A_fifth_of_an_hour_is_kept_for_digests(int perHour, int messages)
    {
        var options = new StormOptions { MessagesPerHour = perHour };

        Assert.Equal(messages, Enumerable.Range(0, 100).Count(second => Update(options, TimeSpan.FromSeconds(second))));
    }

    [Fact]
    public void A_message_counts_for_an_hour_and_no_longer()
    {
        var options = new StormOptions { MessagesPerHour = 5 };
        Assert.Equal([true, true, true, true, false], [.. Enumerable.Range(1, 5).Select(minute => Update(options, minute * Minute))]);

        Assert.False(Update(options, Hour + Minute - Tick));
        Assert.True(Update(options, Hour + Minute));
        Assert.False(Update(options, Hour + (2 * Minute) - Tick));
    }

    [Theory]
    [InlineData(NotificationKind.First, true)]
    [InlineData(NotificationKind.SilenceExpired, true)]
    [InlineData(NotificationKind.FlappingStarted, true)]
    [InlineData(NotificationKind.Escalation, true)]
    [InlineData(NotificationKind.Update, false)]
    [InlineData(NotificationKind.Repeat, false)]
    [InlineData(NotificationKind.FlappingEnded, false)]
    [InlineData(NotificationKind.Resolved, false)]
    public void What_begins_has_its_share_of_a_minute(NotificationKind kind, bool isBeginning)
    {
        var options = new StormOptions { GroupsPerMinute = 2, MessagesPerHour = 100 };
        Assert.True(_limiter.TryAcquire(kind, AlertSeverity.High, options, TimeSpan.Zero));
        Assert.True(_limiter.TryAcquire(kind, AlertSeverity.High, options, TimeSpan.FromSeconds(30)));

        Assert.Equal(!isBeginning, _limiter.TryAcquire(kind, AlertSeverity.High, options, Minute - Tick));
        Assert.True(_limiter.TryAcquire(kind, AlertSeverity.High, options, Minute));
        Assert.Equal(!isBeginning, _limiter.TryAcquire(kind, AlertSeverity.High, options, Minute));
    }

    [Fact]
    public void What_is_critical_has_a_share_of_its_own_and_does_not_wait_for_a_digest()
    {
        var options = new StormOptions { GroupsPerMinute = 1, MessagesPerHour = 100 };
        Assert.True(First(AlertSeverity.High, options, TimeSpan.Zero));
        Assert.False(First(AlertSeverity.High, options, TimeSpan.Zero));
        _limiter.Count(Begun(AlertSeverity.High), TimeSpan.Zero);

        Assert.True(First(AlertSeverity.Critical, options, TimeSpan.Zero));
        Assert.False(First(AlertSeverity.Critical, options, TimeSpan.Zero));

        // What begins while others are counted is counted with them.
        Assert.False(First(AlertSeverity.High, options, 2 * Minute));
        Assert.True(Update(options, 2 * Minute));
        _limiter.Take(options, 2 * Minute);
        Assert.True(First(AlertSeverity.High, options, 2 * Minute));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, 1)]
    [InlineData(AlertSeverity.High, 30)] // two of ten are for digests
    public void A_digest_comes_a_minute_after_what_it_counts_and_spaced_over_the_hour(AlertSeverity severity, int minutes)
    {
        var options = new StormOptions { MessagesPerHour = 10 };
        Assert.Null(_limiter.Due(options));
        _limiter.Count(Begun(severity), TimeSpan.FromSeconds(10));
        _limiter.Count(Begun(severity), TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(70), _limiter.Due(options));

        _limiter.Take(options, TimeSpan.FromSeconds(70));
        Assert.Null(_limiter.Due(options));
        _limiter.Count(Begun(severity), TimeSpan.FromSeconds(70));

        Assert.Equal(TimeSpan.FromSeconds(70) + (minutes * Minute), _limiter.Due(options));
    }

    [Fact]
    public void A_digest_waits_for_the_hour_when_even_its_share_is_used_up()
    {
        var options = new StormOptions { MessagesPerHour = 5 };
        for (int minute = 1; minute <= 4; minute++)
        {
            Assert.True(Update(options, minute * Minute));
        }

        _limiter.Count(Begun(AlertSeverity.Critical), 5 * Minute);
        Assert.Equal(6 * Minute, _limiter.Due(options));
        _limiter.Take(options, 6 * Minute);

        _limiter.Count(Begun(AlertSeverity.Critical), 6 * Minute);
        Assert.Equal(Hour + Minute, _limiter.Due(options));
        _limiter.Take(options, Hour + Minute);
        _limiter.Count(Begun(AlertSeverity.Critical), Hour + Minute);
        Assert.Equal(Hour + (2 * Minute), _limiter.Due(options));
    }

    [Fact]
    public void A_limit_that_was_lowered_does_not_hold_a_digest_for_more_than_its_own_hour()
    {
        var before = new StormOptions { MessagesPerHour = 100 };
        for (int second = 0; second < 50; second++)
        {
            Assert.True(Update(before, TimeSpan.FromSeconds(second)));
        }

        var after = new StormOptions { MessagesPerHour = 5 };
        _limiter.Count(Begun(AlertSeverity.High), Minute);
        _limiter.Take(after, 2 * Minute);
        _limiter.Count(Begun(AlertSeverity.Critical), 2 * Minute);

        // Of what was sent before, the newest four still count.
        Assert.Equal(Hour + TimeSpan.FromSeconds(46), _limiter.Due(after));
    }

    [Fact]
    public void What_is_counted_is_to_be_saved_and_so_is_that_it_was_told()
    {
        Assert.False(_limiter.IsUnsaved);
        _limiter.Count(Begun(AlertSeverity.High), TimeSpan.Zero);
        Assert.True(_limiter.IsUnsaved);
        Assert.Equal(1, _limiter.Digest!.Count);
        _limiter.IsUnsaved = false;

        Assert.Equal(1, _limiter.Take(new StormOptions(), Minute).Count);

        Assert.True(_limiter.IsUnsaved);
        Assert.Null(_limiter.Digest);
    }

    private static GroupChange Begun(AlertSeverity severity) => new(NotificationKind.First)
    {
        Begun = [new ActiveAlert("McpToolFailing", new AlertLabels([new("alertname", "McpToolFailing")])) { Severity = severity }],
    };

    private bool First(AlertSeverity severity, StormOptions options, TimeSpan now) => _limiter.TryAcquire(NotificationKind.First, severity, options, now);

    private bool Update(StormOptions options, TimeSpan now) => _limiter.TryAcquire(NotificationKind.Update, AlertSeverity.High, options, now);
}
