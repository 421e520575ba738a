using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>When a message is tried, tried again and given up.</summary>
public sealed class AttemptTests : DeliveryHarnessTests
{
    [Fact]
    public void Rate_of_a_channel_is_kept()
    {
        var slow = new ScriptedChannel("slow") { Interval = 3 * Second, Burst = 2 };
        using var delivery = new DeliveryHarness(slow);
        for (int i = 0; i < 5; i++)
        {
            delivery.Tell("slow", NotificationKind.First, $"{i}", $"group {i}");
        }

        delivery.Run();
        Assert.Equal(2, slow.Delivered.Count);
        delivery.Pass(2.999 * Second);
        Assert.Equal(2, slow.Delivered.Count);
        delivery.Pass(0.001 * Second);
        Assert.Equal(3, slow.Delivered.Count);
        delivery.Pass(6 * Second);
        Assert.Equal(5, slow.Delivered.Count);
    }

    [Fact]
    public void Retry_after_is_honoured_with_no_request_in_between()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromSeconds(7)) : DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Tell("telegram", NotificationKind.First, "other", "other");
        _delivery.Tell("email", NotificationKind.First, "one");

        _delivery.Pass(6.999 * Second);
        Assert.Single(_telegram.Attempts);
        Assert.Single(_email.Delivered);

        _delivery.Pass(0.001 * Second);
        Assert.Equal(2, _telegram.Delivered.Count);
    }

    [Fact]
    public void Longer_retry_after_than_an_hour_counts_as_an_hour()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromDays(30)) : DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(TimeSpan.FromHours(1) - Second);
        Assert.Single(_telegram.Attempts);
        _delivery.Pass(Second);
        Assert.Equal(2, _telegram.Attempts.Count);
    }

    [Fact]
    public void Backoff_doubles_and_the_channel_pauses_after_five_failures()
    {
        List<double> at = [];
        DateTimeOffset start = _delivery.Time.GetUtcNow();
        _telegram.Answer = (_, _) =>
        {
            at.Add((_delivery.Time.GetUtcNow() - start).TotalSeconds);
            return DeliveryResult.Retry("connection refused");
        };
        using var alone = _delivery;
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(TimeSpan.FromMinutes(20));

        // Five attempts, then probes after pauses of 30 s, 1, 2, 4, 5 and 5 minutes.
        Assert.Equal([0, 1, 3, 7, 15, 45, 105, 225, 465, 765, 1_065], at);
    }

    [Fact]
    public void Unknown_outcome_is_tried_again_under_the_same_id_and_marked()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Unknown("no answer") : DeliveryResult.Delivered();
        QueuedNotification message = _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(Minute);

        Assert.Equal([message.Id, message.Id], _telegram.Attempts.Select(attempt => attempt.Id), StringComparer.Ordinal);
        Assert.Equal([false, true], _telegram.Attempts.Select(attempt => attempt.IsPossibleDuplicate));
        Assert.DoesNotContain("duplicate", _telegram.Attempts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("(may be a duplicate)", _telegram.Attempts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_outcomes_end_after_five_attempts()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Unknown("no answer");
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(14 * Second);
        Assert.Equal(4, _telegram.Attempts.Count);
        _delivery.Pass(Second);

        Assert.Equal(DeliveryState.Dead, _delivery.Store.Messages.First().State);
        Assert.Equal(5, _telegram.Attempts.Count);
        Assert.Single(_email.Delivered);
    }

    [Fact]
    public void Exception_of_a_channel_is_an_unknown_outcome()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? throw new InvalidOperationException("a bug") : DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Run();
        Assert.Equal("InvalidOperationException: a bug", _delivery.Status("telegram").LastError);
        _delivery.Pass(Minute);

        Assert.True(Assert.Single(_telegram.Delivered).IsPossibleDuplicate);
    }

    [Fact]
    public void Error_is_kept_short_and_on_one_line()
    {
        _telegram.Refuse("line\r\n" + new string('x', 1_000));
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Run();

        string error = _delivery.Status("telegram").LastError!;
        Assert.Equal(500, error.Length);
        Assert.StartsWith("line  x", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_that_nobody_could_take_for_a_day_is_given_up()
    {
        var only = new ScriptedChannel("telegram");
        only.Refuse();
        using var delivery = new DeliveryHarness(only);
        delivery.Tell("telegram", NotificationKind.First, "one");

        delivery.Pass(TimeSpan.FromHours(24) - Second);
        Assert.Equal(1, delivery.Status("telegram").Waiting);
        delivery.Pass(Second);

        Assert.Equal(DeliveryState.Dead, Assert.Single(delivery.Reports).State);
        Assert.Equal(1, delivery.Host.Sample("mcp_notifications_total", ("channel", "telegram"), ("result", "dead")));
    }

    [Fact]
    public void Message_that_does_not_say_when_it_expires_is_tried_for_as_long_as_it_takes()
    {
        var only = new ScriptedChannel("telegram");
        only.Refuse();
        using var delivery = new DeliveryHarness(only);
        delivery.Enqueue(delivery.Message("telegram", NotificationKind.First, "one", "1c", AlertSeverity.Critical, generation: 1, Timeout.InfiniteTimeSpan));

        delivery.Pass(TimeSpan.FromHours(48));
        only.Work();
        delivery.Pass(5 * Minute);

        Assert.Equal(["First one"], only.Told);
    }

    [Fact]
    public void Too_many_messages_lose_the_least_important()
    {
        _telegram.Refuse();
        for (int i = 0; i < 1_001; i++)
        {
            _delivery.Tell("telegram", NotificationKind.First, $"{i}", $"group {i}", i == 500 ? AlertSeverity.Low : AlertSeverity.High);
        }

        Assert.Equal(1_000, _delivery.Status("telegram").Waiting);
        QueuedNotification lost = Assert.Single(_delivery.Store.Messages, message => message.State == DeliveryState.Dead);
        Assert.Equal("500", lost.Notification.Summary);
    }

    [Fact]
    public void Metrics_tell_what_became_of_messages()
    {
        Assert.Equal(0, Count("sent"));
        Assert.True(double.IsNaN(_delivery.Host.Sample("mcp_notification_last_success_timestamp_seconds", ("channel", "telegram"))));
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _telegram.Refuse();
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Run();
        _delivery.Tell("telegram", NotificationKind.Update, "three");

        Assert.Equal((1, 1, 1, 0, 0), (Count("sent"), Count("failed"), Count("superseded"), Count("dead"), Count("fallback")));
        Assert.Equal(1, _delivery.Host.Sample("mcp_notification_outbox", ("channel", "telegram")));
        Assert.Equal(1, _delivery.Host.Sample("mcp_notification_channel_up", ("channel", "telegram")));
        Assert.Equal(_delivery.Time.GetUtcNow().ToUnixTimeSeconds(), _delivery.Host.Sample("mcp_notification_last_success_timestamp_seconds", ("channel", "telegram")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Wall_clock_that_jumps_moves_no_attempt(int hours)
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromMinutes(5)) : DeliveryResult.Delivered();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();

        _delivery.Wall.Moved = TimeSpan.FromHours(hours);
        _delivery.Run();
        Assert.Single(_telegram.Attempts);
        _delivery.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);
    }
}
