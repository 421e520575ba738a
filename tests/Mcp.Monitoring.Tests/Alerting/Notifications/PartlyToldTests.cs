using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>A message that some have, while others are to be told later: nothing else waits for them, and the channel works.</summary>
public sealed class PartlyToldTests : DeliveryHarnessTests
{
    public PartlyToldTests() => _telegram.Answer = static (_, _) => Partly();

    [Fact]
    public void The_rest_is_tried_again_and_the_channel_counts_as_one_that_works()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(TimeSpan.FromHours(2));

        Assert.InRange(_telegram.Attempts.Count, 20, 100);
        Assert.Equal([null, "good", "good"], _telegram.Attempts.Take(3).Select(static attempt => attempt.Progress));
        ChannelStatus status = _delivery.Status("telegram");
        Assert.Equal((false, 0, 0, null), (status.IsDown, status.Failures, status.Waiting, status.OldestWaiting));
        Assert.Equal((1, 0, 0, 0), (Count("sent"), Count("failed"), Count("dead"), Count("fallback")));
        Assert.Equal(1, _delivery.Host.Sample("mcp_notification_channel_up", ("channel", "telegram")));
        Assert.Empty(_email.Attempts);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void Other_messages_go_before_the_rest_of_earlier_and_worse_ones()
    {
        var slow = new ScriptedChannel("slow") { Interval = Minute, Burst = 1, Answer = static (_, _) => Partly() };
        using var delivery = new DeliveryHarness(slow);
        for (int i = 0; i < 10; i++)
        {
            delivery.Tell("slow", NotificationKind.First, $"{i}", $"group {i}", AlertSeverity.Critical);
        }

        delivery.Pass(15 * Minute);
        int before = slow.Attempts.Count;
        delivery.Tell("slow", NotificationKind.First, "other", "other", AlertSeverity.Medium);
        delivery.Pass(Minute);

        Assert.Equal(10, slow.Attempts.Take(before).Select(static attempt => attempt.Summary).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("other", slow.Attempts[before].Summary);
    }

    [Fact]
    public void The_rest_is_given_up_after_a_day_and_told_by_no_other()
    {
        _delivery.Enqueue(_delivery.Message("telegram", NotificationKind.First, "one", "1c", AlertSeverity.Critical, generation: 1, Timeout.InfiniteTimeSpan));

        _delivery.Pass(TimeSpan.FromHours(24) - Second);
        Assert.Empty(_delivery.Reports);
        _delivery.Pass(2 * Second);

        Assert.Equal(DeliveryState.Sent, Assert.Single(_delivery.Reports).State);
        Assert.Equal((1, 0, 0), (Count("sent"), Count("dead"), Count("fallback")));
        Assert.Empty(_email.Attempts);
        int attempts = _telegram.Attempts.Count;
        _delivery.Pass(TimeSpan.FromHours(1));
        Assert.Equal(attempts, _telegram.Attempts.Count);
    }

    [Theory]
    [InlineData(NotificationKind.First, NotificationKind.Update)]
    [InlineData(NotificationKind.First, NotificationKind.Resolved)]
    [InlineData(NotificationKind.Resolved, NotificationKind.First)]
    public void What_is_told_next_of_the_group_goes_to_all_at_once_in_the_place_of_the_rest(NotificationKind former, NotificationKind next)
    {
        if (former == NotificationKind.Resolved)
        {
            _telegram.Work();
            _delivery.Tell("telegram", NotificationKind.First, "zero");
            _delivery.Run();
            _telegram.Answer = static (_, _) => Partly();
        }

        QueuedNotification rest = _delivery.Tell("telegram", former, "one");
        _delivery.Run();

        _telegram.Work();
        _delivery.Tell("telegram", next, "two");
        _delivery.Run();

        Assert.Equal($"{next} two", _telegram.Told[^1]);
        Assert.Null(_telegram.Delivered[^1].Progress);
        Assert.Equal(DeliveryState.Sent, _delivery.Reports.Single(report => report.Id == rest.Id).State);
        Assert.Equal(0, Count("superseded"));
        int attempts = _telegram.Attempts.Count;
        _delivery.Pass(TimeSpan.FromHours(1));
        Assert.Equal(attempts, _telegram.Attempts.Count);
    }

    [Fact]
    public void What_follows_is_in_the_thread_of_what_some_have()
    {
        _telegram.Answer = static (_, _) => Partly() with { Reference = "thread-1" };
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _telegram.Work();
        _delivery.Tell("telegram", NotificationKind.Resolved, "two");
        _delivery.Run();

        Assert.Equal("thread-1", Assert.Single(_telegram.Delivered).ThreadReference);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Channel_that_goes_down_afterwards_has_no_other_tell_what_some_have(bool isPermanent)
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        if (isPermanent)
        {
            _telegram.Forbid();
        }
        else
        {
            _telegram.Refuse();
        }

        _delivery.Pass(5 * Minute);

        Assert.True(_delivery.Status("telegram").IsDown);
        Assert.Empty(_email.Attempts);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void A_restart_goes_on_with_the_rest()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _telegram.Work();
        _delivery.Restart();
        _delivery.Pass(Minute);

        AlertNotification rest = Assert.Single(_telegram.Delivered);
        Assert.Equal(("good", false), (rest.Progress, rest.IsPossibleDuplicate));
    }

    [Fact]
    public void What_was_missed_is_told_once_to_those_who_have_it()
    {
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(Minute);
        int before = _telegram.Attempts.Count;
        _telegram.Answer = static (_, _) => Partly();

        _delivery.Pass(TimeSpan.FromHours(1));

        Assert.Equal(NotificationKind.Digest, Assert.Single(_telegram.Attempts.Skip(before)).Kind);
    }

    private static DeliveryResult Partly() => DeliveryResult.Retry("one mailbox takes it later", progress: "good");
}
