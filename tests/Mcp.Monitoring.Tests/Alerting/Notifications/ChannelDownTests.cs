using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Who tells what a channel that is down cannot.</summary>
public sealed class ChannelDownTests : DeliveryHarnessTests
{
    [Fact]
    public void Permanent_failure_is_not_tried_again_and_the_fallback_has_it_within_a_second()
    {
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one", severity: AlertSeverity.Medium);

        _delivery.Pass(Second);

        AlertNotification told = Assert.Single(_email.Delivered);
        Assert.EndsWith("(instead of telegram)", told.Text, StringComparison.Ordinal);
        Assert.Equal("Instead of telegram.", Assert.Single(told.Facts));
        Assert.Single(_telegram.Attempts);
        Assert.Empty(_log.Attempts);
        QueuedNotification dead = Assert.Single(_delivery.Reports, report => report.Channel == "telegram");
        Assert.Equal((DeliveryState.Dead, "email", "403: the bot was kicked"), (dead.State, dead.HandedTo, dead.LastError));
        Assert.Equal("telegram", Assert.Single(_delivery.Reports, report => report.Channel == "email").InsteadOf);
        ChannelStatus status = _delivery.Status("telegram");
        Assert.True(status.IsDown);
        Assert.Equal("403: the bot was kicked", status.LastError);
        Assert.Equal(1, Count("fallback"));
        Assert.Equal(0, _delivery.Host.Sample("mcp_notification_channel_up", ("channel", "telegram")));
    }

    [Fact]
    public void Fallback_of_the_options_comes_first()
    {
        _delivery.Fallback = "log";
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(Second);

        Assert.Single(_log.Delivered);
        Assert.Empty(_email.Attempts);
    }

    [Fact]
    public void Channel_that_is_down_itself_stands_in_for_nobody()
    {
        _email.Health = () => DeliveryResult.Permanent("no such server");
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(Second);

        Assert.Single(_log.Delivered);
        Assert.Empty(_email.Attempts);
    }

    [Fact]
    public void Stand_in_that_goes_down_leaves_the_beginning_and_the_end_to_the_log()
    {
        _telegram.Forbid();
        _email.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(2 * Minute);

        Assert.Equal(["First one", "Resolved over"], _log.Told);
        Assert.Empty(_email.Delivered);
        _email.Work();
        _telegram.Work();
        _delivery.Pass(6 * Minute);
        Assert.Equal(2, _log.Told.Length);
        Assert.Equal(NotificationKind.Digest, Assert.Single(_email.Delivered).Kind);
        Assert.Equal(NotificationKind.Digest, Assert.Single(_telegram.Delivered).Kind);
    }

    [Fact]
    public void Stand_in_that_dies_leaves_it_to_the_log()
    {
        _telegram.Forbid();
        _email.Forbid("550");
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(Second);

        Assert.EndsWith("(instead of telegram)", Assert.Single(_log.Delivered).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_that_is_told_anyway_is_not_told_twice()
    {
        _telegram.Forbid();
        _delivery.TellAll(NotificationKind.First, "one");
        _delivery.Pass(Second);
        _delivery.TellAll(NotificationKind.Resolved, "over");
        _delivery.Pass(Second);

        Assert.Equal(["First one", "Resolved over"], _email.Told);
        Assert.Equal(["First one", "Resolved over"], _log.Told);
        Assert.DoesNotContain(_email.Delivered, message => message.Text.Contains("instead", StringComparison.Ordinal));
    }

    [Fact]
    public void Resolve_follows_the_firing_to_the_stand_in()
    {
        _telegram.Forbid();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(Second);
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Pass(Second);

        Assert.Equal(["First one", "Resolved over"], _email.Told);
        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public void Short_pause_is_waited_for_and_a_longer_one_is_not()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");

        // The fifth failure comes after 15 s.
        _delivery.Pass(74 * Second);
        Assert.Empty(_email.Attempts);
        _delivery.Pass(Second);

        Assert.Equal(["First one"], _email.Told);
    }

    [Fact]
    public void New_message_of_a_channel_that_is_down_goes_to_the_stand_in_at_once()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Minute);
        _delivery.Tell("telegram", NotificationKind.First, "two", "db");
        _delivery.Run();

        Assert.Equal(["First one", "First two"], _email.Told);
    }
}
