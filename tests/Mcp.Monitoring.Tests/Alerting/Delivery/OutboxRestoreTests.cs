using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

public sealed class OutboxRestoreTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _email = new("email");
    private readonly PostOffice _post;

    public OutboxRestoreTests() => _post = new PostOffice(_telegram, _email);

    public void Dispose() => _post.Dispose();

    [Fact]
    public void Message_that_was_saved_and_not_claimed_is_sent_once()
    {
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Restart();
        _post.Pass(Minute);

        Assert.Equal(["First one"], _telegram.Told);
        Assert.False(_telegram.Delivered[0].IsPossibleDuplicate);
    }

    [Fact]
    public void Message_that_was_claimed_is_sent_again_and_marked()
    {
        OutboxMessage message = _post.Tell("telegram", NotificationKind.First, "one");
        Kill(OutboxState.Sending);

        _post.Restart();
        _post.Pass(Minute);

        AlertNotification told = Assert.Single(_telegram.Delivered);
        Assert.Equal(message.Id, told.Id);
        Assert.True(told.IsPossibleDuplicate);
    }

    [Fact]
    public void Message_that_was_taken_just_before_the_kill_is_one_duplicate_and_marked()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Store.Saving = message => KillAt(OutboxState.Sent, message);
        Assert.Throws<KilledException>(() => _post.Run());
        _post.Store.Saving = _ => { };

        _post.Restart();
        _post.Pass(Minute);

        Assert.Equal([false, true], _telegram.Delivered.Select(attempt => attempt.IsPossibleDuplicate));
    }

    [Fact]
    public void Sent_message_is_not_sent_again()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();

        _post.Restart();
        _post.Pass(Minute);

        Assert.Single(_telegram.Attempts);
    }

    [Fact]
    public void Resolve_after_the_restart_is_told_where_the_firing_was_and_nowhere_else()
    {
        _post.TellAll(NotificationKind.First, "one");
        _post.Run();
        _post.Restart();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Tell("telegram", NotificationKind.Resolved, "never told", "db");
        _post.Pass(Minute);

        Assert.Equal(["First one", "Resolved over"], _telegram.Told);
        Assert.Equal(["First one"], _email.Told);
    }

    [Fact]
    public void Resolve_after_the_restart_follows_what_a_killed_process_may_have_told()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        Kill(OutboxState.Sending);
        _post.Restart();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Message_that_expired_meanwhile_is_not_sent()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Time.Advance(TimeSpan.FromHours(24));

        _post.Restart();
        _post.Pass(Minute);

        Assert.Empty(_telegram.Attempts);
        Assert.Empty(_email.Attempts);
        Assert.Equal(OutboxState.Dead, Assert.Single(_post.Store.Messages).State);
    }

    [Fact]
    public void Wait_before_the_next_attempt_goes_on()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Retry("429", TimeSpan.FromMinutes(10));
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _post.Time.Advance(4 * Minute);
        _telegram.Work();

        _post.Restart();
        _post.Pass((6 * Minute) - TimeSpan.FromSeconds(1));
        Assert.Single(_telegram.Attempts);
        _post.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Thread_of_an_outage_is_remembered()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Delivered("thread 7");
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _post.Restart();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Run();

        Assert.Equal("thread 7", _telegram.Delivered[1].ThreadReference);
    }

    [Fact]
    public void What_a_channel_missed_before_the_restart_is_in_its_digest_and_the_stand_in_is_not_told_again()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Pass(2 * Minute);
        _post.Restart();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Pass(2 * Minute);
        _telegram.Work();
        _post.Pass(6 * Minute);

        Assert.Equal(["First one", "Resolved over"], _email.Told);
        Assert.Equal("2 messages since 12:00 went to email instead: 0 still going on, 1 over", Assert.Single(_telegram.Delivered).Summary);
    }

    [Fact]
    public void Digest_that_was_sent_is_not_sent_again_and_what_it_told_is_remembered()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Pass(2 * Minute);
        _telegram.Work();
        _post.Pass(5 * Minute);
        _post.Restart();
        _post.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);

        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Pass(Minute);
        Assert.Equal(NotificationKind.Resolved, _telegram.Delivered[1].Kind);
        Assert.Equal(2, _email.Delivered.Count);
    }

    [Fact]
    public void Digest_is_not_told_again_because_the_clock_went_on_while_it_was_booked()
    {
        _post.Wall.Tick = TimeSpan.FromMicroseconds(1);
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Pass(2 * Minute);
        _telegram.Work();
        _post.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);

        _post.Restart();
        _post.Pass(5 * Minute);

        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Message_that_was_superseded_while_its_failure_was_saved_does_not_come_back()
    {
        _telegram.Refuse();
        OutboxMessage old = _post.Tell("telegram", NotificationKind.First, "one");
        _post.Store.Saving = message =>
        {
            if (message.State == OutboxState.Pending)
            {
                _post.Store.Saving = _ => { };
                _post.Tell("telegram", NotificationKind.Update, "two");
            }
        };
        _post.Run();
        Assert.Equal(OutboxState.Superseded, Assert.Single(_post.Store.Messages, message => message.Id == old.Id).State);

        _telegram.Work();
        _post.Restart();
        _post.Pass(Minute);

        Assert.Equal(["Update two"], _telegram.Told);
    }

    [Fact]
    public void Channel_that_is_gone_after_the_restart_leaves_its_messages_to_another()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();

        _post.Restart(_email);
        _post.Pass(Minute);

        Assert.EndsWith("(instead of telegram)", Assert.Single(_email.Delivered).Text, StringComparison.Ordinal);
    }

    private static void KillAt(OutboxState state, OutboxMessage message)
    {
        if (message.State == state)
        {
            throw new KilledException();
        }
    }

    private void Kill(OutboxState at)
    {
        _post.Store.Saved = message => KillAt(at, message);
        Assert.Throws<KilledException>(() => _post.Run());
        _post.Store.Saved = _ => { };
    }
}
