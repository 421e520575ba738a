using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What a channel is told that works again, and when it counts as working.</summary>
public sealed class ChannelRecoveryTests : DeliveryHarnessTests
{
    [Fact]
    public void Recovered_channel_is_told_once_what_it_missed()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "14 of 14 calls failed in 5 min");
        _delivery.Tell("telegram", NotificationKind.First, "slow", "db", AlertSeverity.High);
        _delivery.Pass(2 * Minute);
        _delivery.Tell("telegram", NotificationKind.Update, "20 of 20 calls failed in 5 min");
        _delivery.Tell("telegram", NotificationKind.Resolved, "over after 12 min", "db", AlertSeverity.High);
        _delivery.Pass(10 * Minute);
        _telegram.Work();
        _delivery.Pass(5 * Minute);

        AlertNotification digest = Assert.Single(_telegram.Delivered);
        Assert.Equal(NotificationKind.Digest, digest.Kind);
        Assert.Equal(AlertSeverity.Critical, digest.Severity);
        Assert.Equal("4 messages since 12:00 UTC went to email instead: 1 alert still goes on, 1 is over", digest.Summary);
        Assert.Equal(["critical · 1c down (goes on): 20 of 20 calls failed in 5 min.", "db down (over): over after 12 min."], digest.Facts);
        Assert.Equal(["First 14 of 14 calls failed in 5 min", "First slow", "Update 20 of 20 calls failed in 5 min", "Resolved over after 12 min"], _email.Told);
        Assert.Equal(0, _delivery.Status("telegram").Waiting);
        Assert.False(_delivery.Status("telegram").IsDown);
    }

    [Fact]
    public void End_of_what_the_digest_told_to_go_on_is_told()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _telegram.Work();
        _delivery.Pass(5 * Minute);
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(Second);

        Assert.Equal([NotificationKind.Digest, NotificationKind.Resolved], _telegram.Delivered.Select(message => message.Kind));
        Assert.Equal(["First one", "Resolved over"], _email.Told);
    }

    [Fact]
    public void End_of_what_the_channel_had_told_itself_is_told_by_both_and_not_in_the_digest()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "two", "db");
        _delivery.Pass(2 * Minute);
        _delivery.Tell("telegram", NotificationKind.Resolved, "one is over");
        _delivery.Pass(2 * Minute);
        _telegram.Work();
        _delivery.Pass(5 * Minute);

        Assert.Equal(["First two", "Resolved one is over"], _email.Told);
        Assert.Equal(3, _telegram.Delivered.Count);
        Assert.Equal("First one", _telegram.Told[0]);
        Assert.Equal(["critical · db down (goes on): two."], _telegram.Delivered[1].Facts);
        Assert.Equal("Resolved one is over", _telegram.Told[2]);
    }

    [Fact]
    public void Short_outage_ends_with_the_newest_state_and_no_digest()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(20 * Second);
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _telegram.Work();
        _delivery.Pass(Minute);

        Assert.Equal(["Update two"], _telegram.Told);
        Assert.Empty(_email.Attempts);
    }

    [Fact]
    public void Failed_self_check_lets_nothing_out_and_the_stand_in_tells_at_once()
    {
        _delivery.Run();
        Assert.Equal(1, _telegram.Checks);
        _telegram.Health = () => DeliveryResult.Permanent("401: unauthorized");
        _delivery.Pass(15 * Minute);
        Assert.True(_delivery.Status("telegram").IsDown);
        Assert.Equal("401: unauthorized", _delivery.Status("telegram").LastError);

        _delivery.Tell("telegram", NotificationKind.First, "1c down");
        _delivery.Run();

        Assert.Empty(_telegram.Attempts);
        Assert.Equal(["First 1c down"], _email.Told);
    }

    [Fact]
    public void Check_that_succeeds_again_brings_the_digest_and_no_other_message()
    {
        _telegram.Health = () => DeliveryResult.Permanent("401: unauthorized");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "1c down");
        _delivery.Pass(TimeSpan.FromHours(5));
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        _telegram.Health = () => DeliveryResult.Delivered();
        _delivery.Pass(15 * Minute);

        Assert.Equal(NotificationKind.Digest, Assert.Single(_telegram.Attempts).Kind);
        Assert.Equal("2 messages since 12:00 UTC went to email instead: 1 is over", _telegram.Delivered[0].Summary);
        Assert.Equal(AlertSeverity.Low, _telegram.Delivered[0].Severity);
        Assert.Equal(["First 1c down", "Resolved over"], _email.Told);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void Check_that_fails_for_a_moment_is_repeated_soon()
    {
        _telegram.Health = () => _telegram.Checks == 1 ? DeliveryResult.Retry("no route") : DeliveryResult.Delivered();
        _delivery.Run();
        Assert.True(_delivery.Status("telegram").IsDown);

        _delivery.Pass(30 * Second);

        Assert.False(_delivery.Status("telegram").IsDown);
        Assert.Equal(2, _telegram.Checks);
    }

    [Fact]
    public void Probes_of_a_refused_channel_are_digests_and_become_no_dead_letters()
    {
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(TimeSpan.FromHours(1));

        Assert.All(_telegram.Attempts.Skip(1), attempt => Assert.Equal(NotificationKind.Digest, attempt.Kind));
        Assert.Equal(1, Count("dead"));
        Assert.Equal(["First one"], _email.Told);

        _telegram.Work();
        _delivery.Pass(5 * Minute);
        Assert.Equal("1 message since 12:00 UTC went to email instead: 1 alert still goes on", Assert.Single(_telegram.Delivered).Summary);
    }

    [Fact]
    public void Channel_for_which_nothing_waits_is_up_again_when_its_self_check_succeeds()
    {
        var only = new ScriptedChannel("telegram");
        using var delivery = new DeliveryHarness(only);
        only.Forbid();
        delivery.Tell("telegram", NotificationKind.First, "one");
        delivery.Run();
        Assert.True(delivery.Status("telegram").IsDown);

        delivery.Pass(15 * Minute);

        ChannelStatus status = delivery.Status("telegram");
        Assert.Equal((false, 0, null), (status.IsDown, status.Failures, status.LastError));
    }

    [Fact]
    public void Messages_that_failed_are_counted_and_not_their_attempts()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(4 * Second);
        Assert.Equal(3, _telegram.Attempts.Count);
        Assert.Equal(1, _delivery.Status("telegram").Failures);

        _delivery.Tell("telegram", NotificationKind.First, "two", "db");
        _delivery.Run();
        Assert.Equal(2, _delivery.Status("telegram").Failures);

        _telegram.Work();
        _delivery.Pass(Minute);
        Assert.Equal(0, _delivery.Status("telegram").Failures);
    }

    [Fact]
    public void Text_that_a_receiver_refuses_does_not_keep_the_channel_down()
    {
        _telegram.Answer = (notification, _) => notification.Text.Contains("poison", StringComparison.Ordinal)
            ? DeliveryResult.Permanent("400: bad text")
            : DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.First, "poison");
        _delivery.Pass(5 * Minute);

        AlertNotification digest = Assert.Single(_telegram.Delivered);
        Assert.Equal("1 message since 12:00 UTC went to email instead: 1 alert still goes on", digest.Summary);
        Assert.Empty(digest.Facts);
        Assert.False(_delivery.Status("telegram").IsDown);
        _delivery.Tell("telegram", NotificationKind.First, "two", "db");
        _delivery.Run();
        Assert.Equal("First two", _telegram.Told[^1]);
    }

    [Fact]
    public void Without_another_channel_messages_wait_and_come_in_order()
    {
        var only = new ScriptedChannel("telegram");
        using var delivery = new DeliveryHarness(only);
        delivery.Tell("telegram", NotificationKind.First, "one");
        delivery.Run();
        only.Refuse();
        delivery.Tell("telegram", NotificationKind.Update, "two");
        delivery.Tell("telegram", NotificationKind.Resolved, "over");
        delivery.Tell("telegram", NotificationKind.First, "other", "db");
        delivery.Pass(10 * Minute);
        only.Work();
        delivery.Pass(5 * Minute);

        Assert.Equal(["First one", "First other", "Resolved over"], only.Told.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(0, delivery.Status("telegram").Waiting);
    }

    [Fact]
    public void Channel_that_refuses_for_ten_minutes_delays_no_other_and_ends_with_the_newest_state()
    {
        _telegram.Refuse();
        DateTimeOffset start = _delivery.Time.GetUtcNow();
        List<TimeSpan> mailed = [];
        _email.Answer = (_, _) =>
        {
            mailed.Add(_delivery.Time.GetUtcNow() - start);
            return DeliveryResult.Delivered();
        };
        for (int minute = 0; minute < 10; minute++)
        {
            _delivery.TellAll(minute == 0 ? NotificationKind.First : NotificationKind.Update, $"minute {minute}");
            _delivery.Pass(Minute);
        }

        _telegram.Work();
        _delivery.Pass(5 * Minute);
        _delivery.TellAll(NotificationKind.Resolved, "over");
        _delivery.Pass(Second);

        Assert.Equal([.. Enumerable.Range(0, 10).Select(minute => minute * Minute), 15 * Minute], mailed);
        Assert.Equal([NotificationKind.Digest, NotificationKind.Resolved], _telegram.Delivered.Select(message => message.Kind));
        Assert.Equal(["critical · 1c down (goes on): minute 9."], _telegram.Delivered[0].Facts);
        Assert.Equal(11, _email.Delivered.Count);
        Assert.Equal(11, _log.Delivered.Count);
    }

    [Fact]
    public void Message_for_a_channel_that_is_not_there_goes_to_one_that_is()
    {
        _delivery.Tell("sms", NotificationKind.First, "one");
        _delivery.Tell("sms", NotificationKind.Resolved, "over");

        _delivery.Pass(Minute);

        Assert.EndsWith("(instead of sms)", _telegram.Delivered[0].Text, StringComparison.Ordinal);
        Assert.Single(_telegram.Delivered);
    }
}
