using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>What is sent, in which order, and what is left out.</summary>
public sealed class OutboxTests : PostOfficeTests
{
    [Fact]
    public void Message_is_sent_once_and_reported()
    {
        OutboxMessage message = _post.Tell("telegram", NotificationKind.First, "one");

        _post.Pass(TimeSpan.FromHours(1));

        Assert.Equal(["First one"], _telegram.Told);
        Assert.Equal(message.Id, _telegram.Delivered[0].Id);
        Assert.Equal(OutboxState.Sent, Assert.Single(_post.Reports).State);
        Assert.Empty(_email.Attempts);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void Nothing_is_sent_before_it_is_released()
    {
        var changes = new StateChanges();
        _post.Outbox.Enqueue(_post.Message("telegram", NotificationKind.First, "one", "1c", AlertSeverity.Critical, isKnown: false, generation: 1), changes);
        _post.Pass(Minute);
        Assert.Empty(_telegram.Attempts);
        Assert.Single(changes.Rows);

        _post.Outbox.Release();
        _post.Run();
        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Claim_is_saved_before_the_send_and_the_result_after_it()
    {
        List<(OutboxState, int, int)> saved = [];
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Store.Saved = message => saved.Add((message.State, message.Attempts, _telegram.Attempts.Count));

        _post.Run();

        Assert.Equal([(OutboxState.Sending, 1, 0), (OutboxState.Sent, 1, 1)], saved);
    }

    [Fact]
    public void Claim_has_a_lease_that_outlives_the_send()
    {
        DateTimeOffset? lease = null;
        _post.Store.Saved = message => lease ??= message.LeaseUntil;
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Run();

        Assert.Equal(_post.Time.GetUtcNow() + (40 * Second), lease);
    }

    [Fact]
    public void Newer_state_supersedes_what_was_not_sent()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _post.Tell("telegram", NotificationKind.Update, "two");
        _post.Tell("telegram", NotificationKind.Update, "three");
        _telegram.Work();

        _post.Pass(Minute);

        Assert.Equal(["Update three"], _telegram.Told);
        Assert.Equal([OutboxState.Superseded, OutboxState.Superseded, OutboxState.Sent], _post.Store.Messages.Select(message => message.State));
    }

    [Fact]
    public void Firing_and_resolve_that_nobody_was_told_of_are_both_dropped()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _telegram.Work();

        _post.Pass(TimeSpan.FromHours(1));

        Assert.Empty(_telegram.Delivered);
        Assert.Equal(0, _post.Status("telegram").Waiting);
        Assert.Equal([OutboxState.Superseded, OutboxState.Superseded], _post.Reports.Select(report => report.State));
    }

    [Fact]
    public void Resolve_of_what_may_have_been_told_is_sent()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Unknown("no answer");
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _telegram.Work();

        _post.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Resolve_of_what_a_former_run_told_is_sent()
    {
        _post.Tell("telegram", NotificationKind.Resolved, "over", isKnown: true);

        _post.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Resolve_is_kept_when_the_same_begins_again_before_it_was_sent()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Run();
        _post.Tell("telegram", NotificationKind.First, "again");
        _telegram.Work();

        _post.Pass(Minute);

        Assert.Equal(["First one", "Resolved over", "First again"], _telegram.Told);
    }

    [Fact]
    public void Begin_and_end_while_a_resolve_waits_tell_one_resolve()
    {
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Run();
        _post.Tell("telegram", NotificationKind.First, "again");
        _post.Tell("telegram", NotificationKind.Resolved, "over again", isKnown: true);
        _telegram.Work();

        _post.Pass(Minute);

        Assert.Equal(2, _telegram.Told.Length);
        Assert.Equal("First one", _telegram.Told[0]);
        Assert.StartsWith("Resolved", _telegram.Told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Announcements_never_supersede_one_another()
    {
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.Announcement, "unclean stop", "server");
        _post.Tell("telegram", NotificationKind.Announcement, "other tools", "server");
        _post.Run();
        _telegram.Work();

        _post.Pass(Minute);

        Assert.Equal(["Announcement unclean stop", "Announcement other tools"], _telegram.Told);
    }

    [Fact]
    public void Worst_goes_first_and_each_group_keeps_its_order()
    {
        _post.Tell("telegram", NotificationKind.First, "low", "a", AlertSeverity.Low);
        _post.Tell("telegram", NotificationKind.First, "critical", "b", AlertSeverity.Critical);
        _post.Tell("telegram", NotificationKind.First, "high", "c", AlertSeverity.High);

        _post.Run();

        Assert.Equal(["First critical", "First high", "First low"], _telegram.Told);
    }

    [Fact]
    public void Later_messages_of_a_group_carry_what_the_first_was_answered()
    {
        _telegram.Answer = (message, _) => DeliveryResult.Delivered($"thread of {message.Summary}");
        foreach (string summary in (string[])["one", "two"])
        {
            _post.Tell("telegram", NotificationKind.Update, summary);
            _post.Run();
        }

        _post.Tell("telegram", NotificationKind.Resolved, "over");
        _post.Run();
        _post.Tell("telegram", NotificationKind.First, "new outage");
        _post.Run();

        Assert.Equal([null, "thread of one", "thread of one", null], _telegram.Delivered.Select(message => message.ThreadReference), StringComparer.Ordinal);
    }
}
