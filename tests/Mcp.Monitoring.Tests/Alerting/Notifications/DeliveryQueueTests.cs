using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What is sent, in which order, and what is left out.</summary>
public sealed class DeliveryQueueTests : DeliveryHarnessTests
{
    [Fact]
    public void Message_is_sent_once_and_reported()
    {
        QueuedNotification message = _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(TimeSpan.FromHours(1));

        Assert.Equal(["First one"], _telegram.Told);
        Assert.Equal(message.Id, _telegram.Delivered[0].Id);
        Assert.Equal(DeliveryState.Sent, Assert.Single(_delivery.Reports).State);
        Assert.Empty(_email.Attempts);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void Nothing_is_sent_that_could_not_be_saved()
    {
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Store.Saving = _ => throw new KilledException();

        Assert.Throws<KilledException>(() => _delivery.Run());
        Assert.Empty(_telegram.Attempts);
    }

    [Fact]
    public void Claim_is_saved_before_the_send_and_the_result_after_it()
    {
        List<(DeliveryState, int, int)> saved = [];
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Store.Saved = message => saved.Add((message.State, message.Attempts, _telegram.Attempts.Count));

        _delivery.Run();

        Assert.Equal([(DeliveryState.Sending, 1, 0), (DeliveryState.Sent, 1, 1)], saved);
    }

    [Fact]
    public void Newer_state_supersedes_what_was_not_sent()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Tell("telegram", NotificationKind.Update, "three");
        _telegram.Work();

        _delivery.Pass(Minute);

        Assert.Equal(["Update three"], _telegram.Told);
        Assert.Equal([DeliveryState.Superseded, DeliveryState.Superseded, DeliveryState.Sent], _delivery.Store.Messages.Select(message => message.State));
    }

    [Fact]
    public void Firing_and_resolve_that_nobody_was_told_of_are_both_dropped()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _telegram.Work();

        _delivery.Pass(TimeSpan.FromHours(1));

        Assert.Empty(_telegram.Delivered);
        Assert.Equal(0, _delivery.Status("telegram").Waiting);
        Assert.Equal([DeliveryState.Superseded, DeliveryState.Superseded], _delivery.Reports.Select(report => report.State));
    }

    [Fact]
    public void Resolve_of_what_nobody_knows_never_waits()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");

        Assert.Equal(0, _delivery.Status("telegram").Waiting);
        Assert.Equal(DeliveryState.Superseded, Assert.Single(_delivery.Reports).State);
    }

    [Fact]
    public void Resolve_of_what_may_have_been_told_is_sent()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Unknown("no answer");
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _telegram.Work();

        _delivery.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Resolve_of_what_a_former_run_told_is_sent()
    {
        _delivery.Log.Of("1c", "telegram").IsDelivered = true;
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");

        _delivery.Pass(Minute);

        Assert.Equal(["Resolved over"], _telegram.Told);
    }

    [Fact]
    public void Resolve_is_kept_when_the_same_begins_again_before_it_was_sent()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "again");
        _telegram.Work();

        _delivery.Pass(Minute);

        Assert.Equal(["First one", "Resolved over", "First again"], _telegram.Told);
    }

    [Fact]
    public void Begin_and_end_while_a_resolve_waits_tell_one_resolve()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "again");
        _delivery.Tell("telegram", NotificationKind.Resolved, "over again");
        _telegram.Work();

        _delivery.Pass(Minute);

        Assert.Equal(2, _telegram.Told.Length);
        Assert.Equal("First one", _telegram.Told[0]);
        Assert.StartsWith("Resolved", _telegram.Told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Announcements_never_supersede_one_another()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.Announcement, "unclean stop", "server");
        _delivery.Tell("telegram", NotificationKind.Announcement, "other tools", "server");
        _delivery.Run();
        _telegram.Work();

        _delivery.Pass(Minute);

        Assert.Equal(["Announcement unclean stop", "Announcement other tools"], _telegram.Told);
    }

    [Fact]
    public void Worst_goes_first_and_each_group_keeps_its_order()
    {
        _delivery.Tell("telegram", NotificationKind.First, "low", "a", AlertSeverity.Low);
        _delivery.Tell("telegram", NotificationKind.First, "critical", "b", AlertSeverity.Critical);
        _delivery.Tell("telegram", NotificationKind.First, "high", "c", AlertSeverity.High);

        _delivery.Run();

        Assert.Equal(["First critical", "First high", "First low"], _telegram.Told);
    }

    [Fact]
    public void Resolve_of_what_another_told_in_its_place_is_kept_when_the_same_begins_again()
    {
        _telegram.Refuse();
        _delivery.Log.Of("1c", "telegram").ToldBy.Add("email");
        QueuedNotification over = _delivery.Tell("telegram", NotificationKind.Resolved, "over");

        _delivery.Tell("telegram", NotificationKind.First, "again");

        Assert.True(over.IsWaiting);
        Assert.Equal(2, _delivery.Status("telegram").Waiting);
    }

    [Fact]
    public void Too_many_that_wait_cost_the_oldest_of_the_least_severe_and_never_a_resolve()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one", severity: AlertSeverity.Low);
        _delivery.Run();
        _telegram.Refuse();
        QueuedNotification over = _delivery.Tell("telegram", NotificationKind.Resolved, "over", severity: AlertSeverity.Low);
        QueuedNotification critical = _delivery.Tell("telegram", NotificationKind.First, "worst", "first", AlertSeverity.Critical);
        QueuedNotification[] high = [.. Enumerable.Range(0, new DeliverySettings().MostWaiting - 2).Select(i => _delivery.Tell("telegram", NotificationKind.First, "high", $"group {i}", AlertSeverity.High))];
        Assert.All(high, message => Assert.True(message.IsWaiting));

        QueuedNotification last = _delivery.Tell("telegram", NotificationKind.First, "high", "last", AlertSeverity.High);

        Assert.Equal((DeliveryState.Dead, "too many messages waited"), (high[0].State, high[0].LastError));
        Assert.All([over, critical, last, .. high[1..]], message => Assert.True(message.IsWaiting));
    }

    [Fact]
    public void Later_messages_of_a_group_carry_what_the_first_was_answered()
    {
        _telegram.Answer = (message, _) => DeliveryResult.Delivered($"thread of {message.Summary}");
        foreach (string summary in (string[])["one", "two"])
        {
            _delivery.Tell("telegram", NotificationKind.Update, summary);
            _delivery.Run();
        }

        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "new outage");
        _delivery.Run();

        Assert.Equal([null, "thread of one", "thread of one", null], _telegram.Delivered.Select(message => message.ThreadReference), StringComparer.Ordinal);
    }
}
