using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Channels come and go while messages are on their way: a reload has switched them on or off.</summary>
public sealed class ChannelsThatChangeTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _slack = new("slack");
    private readonly ScriptedChannel _log = new("log") { MinimumSeverity = AlertSeverity.Low };
    private readonly DeliveryHarness _delivery;

    public ChannelsThatChangeTests() => _delivery = new DeliveryHarness(_telegram, _slack, _log);

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void What_waits_for_a_channel_that_is_switched_off_is_told_by_another_and_so_is_its_end()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Use(_slack, _log);
        _delivery.Run();

        Assert.Equal(["First one"], _slack.Told);
        Assert.Contains("Instead of telegram.", _slack.Delivered[0].Facts);
        Assert.Equal("the channel is switched off", Assert.Single(_delivery.Reports, report => report.Channel == "telegram").LastError);

        // The stand-in is told how it goes on, as if it had been its own from the beginning.
        Assert.True(_delivery.Log.Find("1c", "slack") is { IsTold: true, IsKnown: true });
        Assert.Null(_delivery.Log.Find("1c", "telegram"));
        _delivery.Tell("slack", NotificationKind.Resolved, "over");
        _delivery.Run();
        Assert.Equal(["First one", "Resolved over"], _slack.Told);
    }

    [Fact]
    public void A_channel_that_is_switched_off_is_in_no_status_no_check_and_no_metric()
    {
        _delivery.Run();
        Assert.Equal(1, _slack.Checks);
        Assert.Contains("mcp_notification_channel_up{channel=\"slack\"", Page(), StringComparison.Ordinal);

        Assert.True(_delivery.Use(_telegram, _log));
        _delivery.Pass(60 * Minute);

        Assert.Equal(1, _slack.Checks);
        Assert.Equal(["telegram", "log"], _delivery.Queue.Channels.Select(channel => channel.Name));
        Assert.DoesNotContain("mcp_notification_channel_up{channel=\"slack\"", Page(), StringComparison.Ordinal);
        Assert.DoesNotContain("mcp_notification_outbox{channel=\"slack\"", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_switched_on_is_checked_and_used_at_once()
    {
        _delivery.Use(_slack, _log);
        _delivery.Run();
        Assert.Equal(0, _telegram.Checks);

        Assert.True(_delivery.Use(_telegram, _slack, _log));
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        Assert.Equal((1, "First one"), (_telegram.Checks, Assert.Single(_telegram.Told)));
        Assert.Equal(["telegram", "slack", "log"], _delivery.Queue.Channels.Select(channel => channel.Name));
    }

    [Fact]
    public void A_reload_checks_all_channels_at_once_and_tries_again_what_was_refused()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Permanent("password refused", 60 * Minute);
        _telegram.Health = () => DeliveryResult.Permanent("password refused", 60 * Minute);
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(50 * Minute);
        int checks = _telegram.Checks;
        Assert.Equal(["First one"], _slack.Told);
        Assert.True(_delivery.Status("telegram").IsDown);

        _telegram.Work();
        _telegram.Health = () => DeliveryResult.Delivered();
        Assert.False(_delivery.Use(_telegram, _slack, _log));
        _delivery.Pass(Second);

        Assert.Equal(checks + 1, _telegram.Checks);
        Assert.False(_delivery.Status("telegram").IsDown);
        Assert.Equal(NotificationKind.Digest, Assert.Single(_telegram.Delivered).Kind);
    }

    [Fact]
    public void What_is_being_sent_while_its_channel_is_switched_off_counts_if_it_arrives()
    {
        Action run = Hold();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Use(_slack, _log);
        _delivery.Run();
        Assert.Empty(_slack.Attempts);
        run();
        _delivery.Run();

        Assert.Equal(["First one"], _telegram.Told);
        Assert.Empty(_slack.Attempts);
        Assert.Null(_delivery.Log.Find("1c", "telegram"));
    }

    [Fact]
    public void What_is_being_sent_while_its_channel_is_switched_off_is_told_by_another_if_it_fails()
    {
        Action run = Hold();
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Use(_slack, _log);
        run();
        _delivery.Run();

        Assert.Equal(["First one"], _slack.Told);
    }

    [Fact]
    public void A_channel_that_is_back_before_its_call_has_ended_is_the_same_as_before()
    {
        Action run = Hold();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Use(_slack, _log);
        _delivery.Run();
        _delivery.Use(_telegram, _slack, _log);
        run();
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Resolved, "over");
        _delivery.Run();
        run();
        _delivery.Run();

        Assert.Equal(["First one", "Resolved over"], _telegram.Told);
        Assert.Empty(_slack.Attempts);
    }

    [Fact]
    public void What_a_channel_missed_is_not_told_to_it_when_it_was_switched_off_in_between()
    {
        _telegram.Health = () => DeliveryResult.Permanent("401");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Use(_slack, _log);
        _delivery.Run();
        _telegram.Health = () => DeliveryResult.Delivered();
        _delivery.Use(_telegram, _slack, _log);
        _delivery.Pass(Minute);

        Assert.Equal(["First one"], _slack.Told);
        Assert.Empty(_telegram.Attempts);
    }

    [Fact]
    public void A_stand_in_tells_the_end_also_where_the_channel_is_gone_after_a_restart()
    {
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(10 * Second);

        _delivery.Restart(_slack, _log);
        _delivery.Run();

        Assert.Equal(["First one"], _slack.Told);
        Assert.True(_delivery.Log.Find("1c", "slack") is { IsTold: true, IsKnown: true });
        Assert.Null(_delivery.Log.Find("1c", "telegram"));
    }

    [Fact]
    public void What_a_channel_says_of_itself_is_asked_anew()
    {
        var webhook = new ChangingChannel();
        using var delivery = new DeliveryHarness(_log);
        delivery.Use(webhook);
        Assert.Equal(AlertSeverity.Medium, delivery.Status("ops").MinimumSeverity);

        webhook.MinimumSeverity = AlertSeverity.Critical;
        webhook.SendLimit = 30 * Second;
        delivery.Use(webhook);

        Assert.Equal((AlertSeverity.Critical, 30 * Second), (delivery.Status("ops").MinimumSeverity, delivery.Queue.Queues[0].SendLimit));
    }

    // Calls of channels wait until the test lets them run.
    private Action Hold()
    {
        _delivery.Run();
        var calls = new Queue<Action>();
        _delivery.StartThread = (_, run) =>
        {
            calls.Enqueue(run);
            return true;
        };
        return () =>
        {
            for (int left = 20; left > 0 && calls.TryDequeue(out Action? run); left--)
            {
                run();
                _delivery.Run();
            }
        };
    }

    private string Page() => _delivery.Host.Render();

    private sealed class ChangingChannel : IAlertChannel
    {
        public string Name => "ops";

        public AlertSeverity MinimumSeverity { get; set; } = AlertSeverity.Medium;

        public TimeSpan SendLimit { get; set; } = 10 * Second;

        public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken) => DeliveryResult.Delivered();
    }
}
