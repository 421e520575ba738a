using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public sealed class DeliveryRestoreTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _email = new("email");
    private readonly DeliveryHarness _delivery;

    public DeliveryRestoreTests() => _delivery = new DeliveryHarness(_telegram, _email);

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void Message_that_was_saved_and_not_claimed_is_sent_once()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Restart();
        _delivery.Pass(Minute);

        Assert.Equal(["First one"], _telegram.Told);
        Assert.False(_telegram.Delivered[0].IsPossibleDuplicate);
    }

    [Fact]
    public void Message_that_was_claimed_is_sent_again_and_marked()
    {
        QueuedNotification message = _delivery.Tell("telegram", NotificationKind.First, "one");
        Kill(DeliveryState.Sending);

        _delivery.Restart();
        _delivery.Pass(Minute);

        AlertNotification told = Assert.Single(_telegram.Delivered);
        Assert.Equal(message.Id, told.Id);
        Assert.True(told.IsPossibleDuplicate);
    }

    [Fact]
    public void Message_that_was_taken_just_before_the_kill_is_one_duplicate_and_marked()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Store.Saving = message => KillAt(DeliveryState.Sent, message);
        Assert.Throws<KilledException>(() => _delivery.Run());
        _delivery.Store.Saving = _ => { };

        _delivery.Restart();
        _delivery.Pass(Minute);

        Assert.Equal([false, true], _telegram.Delivered.Select(attempt => attempt.IsPossibleDuplicate));
    }

    [Fact]
    public void Sent_message_is_not_sent_again()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Restart();
        _delivery.Pass(Minute);

        Assert.Single(_telegram.Attempts);
    }

    [Fact]
    public void Resolve_after_the_restart_is_told_where_the_firing_was_and_nowhere_else()
    {
        _delivery.TellAll(NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Restart();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Tell("telegram", NotificationKind.Resolved, "never told", "db");
        _delivery.Pass(Minute);

        Assert.Equal(["First one", "Resolved over"], _telegram.Told);
        Assert.Equal(["First one"], _email.Told);
    }

    [Fact]
    public void Resolve_after_the_restart_follows_what_a_killed_process_may_have_told()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        Kill(DeliveryState.Sending);
        _delivery.Restart();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Message_that_expired_meanwhile_is_not_sent()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Time.Advance(TimeSpan.FromHours(24));

        _delivery.Restart();
        _delivery.Pass(Minute);

        Assert.Empty(_telegram.Attempts);
        Assert.Empty(_email.Attempts);
        Assert.Equal(DeliveryState.Dead, Assert.Single(_delivery.Store.Messages).State);
    }

    [Fact]
    public void Wait_before_the_next_attempt_goes_on()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Retry("429", TimeSpan.FromMinutes(10));
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Time.Advance(4 * Minute);
        _telegram.Work();

        _delivery.Restart();
        _delivery.Pass((6 * Minute) - TimeSpan.FromSeconds(1));
        Assert.Single(_telegram.Attempts);
        _delivery.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Thread_of_an_outage_is_remembered()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Delivered("thread 7");
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Restart();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();

        Assert.Equal("thread 7", _telegram.Delivered[1].ThreadReference);
    }

    [Fact]
    public void What_a_channel_missed_before_the_restart_is_in_its_digest_and_the_stand_in_is_not_told_again()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _delivery.Restart();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(2 * Minute);
        _telegram.Work();
        _delivery.Pass(6 * Minute);

        Assert.Equal(["First one", "Resolved over"], _email.Told);
        Assert.Equal("2 messages since 12:00 UTC went to email instead: 1 is over", Assert.Single(_telegram.Delivered).Summary);
    }

    [Fact]
    public void Digest_that_was_sent_is_not_sent_again_and_what_it_told_is_remembered()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _telegram.Work();
        _delivery.Pass(5 * Minute);
        _delivery.Restart();
        _delivery.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);

        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(Minute);
        Assert.Equal(NotificationKind.Resolved, _telegram.Delivered[1].Kind);
        Assert.Equal(2, _email.Delivered.Count);
    }

    [Fact]
    public void Digest_is_not_told_again_because_the_clock_went_on_while_it_was_booked()
    {
        _delivery.Wall.Tick = TimeSpan.FromMicroseconds(1);
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _telegram.Work();
        _delivery.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);

        _delivery.Restart();
        _delivery.Pass(5 * Minute);

        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Channel_that_is_gone_after_the_restart_leaves_its_messages_to_another()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Restart(_email);
        _delivery.Pass(Minute);

        Assert.EndsWith("(instead of telegram)", Assert.Single(_email.Delivered).Text, StringComparison.Ordinal);
    }

    private static void KillAt(DeliveryState state, QueuedNotification message)
    {
        if (message.State == state)
        {
            throw new KilledException();
        }
    }

    private void Kill(DeliveryState at)
    {
        _delivery.Store.Saved = message => KillAt(at, message);
        Assert.Throws<KilledException>(() => _delivery.Run());
        _delivery.Store.Saved = _ => { };
    }
}
