using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>When a message is tried, tried again and given up.</summary>
public sealed class AttemptTests : PostOfficeTests
{
    [Fact]
    public void Rate_of_a_channel_is_kept()
    {
        var slow = new ScriptedChannel("slow") { Interval = 3 * Second, Burst = 2 };
        using var post = new PostOffice(slow);
        for (int i = 0; i < 5; i++)
        {
            post.Tell("slow", NotificationKind.First, $"{i}", $"group {i}");
        }

        post.Run();
        Assert.Equal(2, slow.Delivered.Count);
        post.Pass(2.999 * Second);
        Assert.Equal(2, slow.Delivered.Count);
        post.Pass(0.001 * Second);
        Assert.Equal(3, slow.Delivered.Count);
        post.Pass(6 * Second);
        Assert.Equal(5, slow.Delivered.Count);
    }

    [Fact]
    public void Retry_after_is_honoured_with_no_request_in_between()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromSeconds(7)) : DeliveryResult.Delivered();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Tell("telegram", NotificationKind.First, "other", "other");
        _post.Tell("email", NotificationKind.First, "one");

        _post.Pass(6.999 * Second);
        Assert.Single(_telegram.Attempts);
        Assert.Single(_email.Delivered);

        _post.Pass(0.001 * Second);
        Assert.Equal(2, _telegram.Delivered.Count);
    }

    [Fact]
    public void Longer_retry_after_than_an_hour_counts_as_an_hour()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromDays(30)) : DeliveryResult.Delivered();
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Pass(TimeSpan.FromHours(1) - Second);
        Assert.Single(_telegram.Attempts);
        _post.Pass(Second);
        Assert.Equal(2, _telegram.Attempts.Count);
    }

    [Fact]
    public void Backoff_doubles_and_the_channel_pauses_after_five_failures()
    {
        List<double> at = [];
        DateTimeOffset start = _post.Time.GetUtcNow();
        _telegram.Answer = (_, _) =>
        {
            at.Add((_post.Time.GetUtcNow() - start).TotalSeconds);
            return DeliveryResult.Retry("connection refused");
        };
        using var alone = _post;
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Pass(TimeSpan.FromMinutes(20));

        // Five attempts, then probes after pauses of 30 s, 1, 2, 4, 5 and 5 minutes.
        Assert.Equal([0, 1, 3, 7, 15, 45, 105, 225, 465, 765, 1_065], at);
    }

    [Fact]
    public void Unknown_outcome_is_tried_again_under_the_same_id_and_marked()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Unknown("no answer") : DeliveryResult.Delivered();
        OutboxMessage message = _post.Tell("telegram", NotificationKind.First, "one");

        _post.Pass(Minute);

        Assert.Equal([message.Id, message.Id], _telegram.Attempts.Select(attempt => attempt.Id), StringComparer.Ordinal);
        Assert.Equal([false, true], _telegram.Attempts.Select(attempt => attempt.IsPossibleDuplicate));
        Assert.DoesNotContain("duplicate", _telegram.Attempts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("(may be a duplicate)", _telegram.Attempts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_outcomes_end_after_five_attempts()
    {
        _telegram.Answer = (_, _) => DeliveryResult.Unknown("no answer");
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Pass(14 * Second);
        Assert.Equal(4, _telegram.Attempts.Count);
        _post.Pass(Second);

        Assert.Equal(OutboxState.Dead, _post.Store.Messages.First().State);
        Assert.Equal(5, _telegram.Attempts.Count);
        Assert.Single(_email.Delivered);
    }

    [Fact]
    public void Exception_of_a_channel_is_an_unknown_outcome()
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? throw new InvalidOperationException("a bug") : DeliveryResult.Delivered();
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Run();
        Assert.Equal("InvalidOperationException: a bug", _post.Status("telegram").LastError);
        _post.Pass(Minute);

        Assert.True(Assert.Single(_telegram.Delivered).IsPossibleDuplicate);
    }

    [Fact]
    public void Error_is_kept_short_and_on_one_line()
    {
        _telegram.Refuse("line\r\n" + new string('x', 1_000));
        _post.Tell("telegram", NotificationKind.First, "one");

        _post.Run();

        string error = _post.Status("telegram").LastError!;
        Assert.Equal(500, error.Length);
        Assert.StartsWith("line  x", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_that_nobody_could_take_for_a_day_is_given_up()
    {
        var only = new ScriptedChannel("telegram");
        only.Refuse();
        using var post = new PostOffice(only);
        post.Tell("telegram", NotificationKind.First, "one");

        post.Pass(TimeSpan.FromHours(24) - Second);
        Assert.Equal(1, post.Status("telegram").Waiting);
        post.Pass(Second);

        Assert.Equal(OutboxState.Dead, Assert.Single(post.Reports).State);
        Assert.Equal(1, post.Host.Sample("mcp_notifications_total", ("channel", "telegram"), ("result", "dead")));
    }

    [Fact]
    public void Message_that_does_not_say_when_it_expires_is_tried_for_as_long_as_it_takes()
    {
        var only = new ScriptedChannel("telegram");
        only.Refuse();
        using var post = new PostOffice(only);
        post.Enqueue(post.Message("telegram", NotificationKind.First, "one", "1c", AlertSeverity.Critical, isKnown: false, generation: 1) with { ExpiresAt = null });

        post.Pass(TimeSpan.FromHours(48));
        only.Work();
        post.Pass(5 * Minute);

        Assert.Equal(["First one"], only.Told);
    }

    [Fact]
    public void Too_many_messages_lose_the_least_important()
    {
        _telegram.Refuse();
        for (int i = 0; i < 1_001; i++)
        {
            _post.Tell("telegram", NotificationKind.First, $"{i}", $"group {i}", i == 500 ? AlertSeverity.Low : AlertSeverity.High);
        }

        Assert.Equal(1_000, _post.Status("telegram").Waiting);
        OutboxMessage lost = Assert.Single(_post.Store.Messages, message => message.State == OutboxState.Dead);
        Assert.Equal("500", lost.Notification.Summary);
    }

    [Fact]
    public void Metrics_tell_what_became_of_messages()
    {
        Assert.Equal(0, Count("sent"));
        Assert.True(double.IsNaN(_post.Host.Sample("mcp_notification_last_success_timestamp_seconds", ("channel", "telegram"))));
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();
        _telegram.Refuse();
        _post.Tell("telegram", NotificationKind.Update, "two");
        _post.Run();
        _post.Tell("telegram", NotificationKind.Update, "three");

        Assert.Equal((1, 1, 1, 0, 0), (Count("sent"), Count("failed"), Count("superseded"), Count("dead"), Count("fallback")));
        Assert.Equal(1, _post.Host.Sample("mcp_notification_outbox", ("channel", "telegram")));
        Assert.Equal(1, _post.Host.Sample("mcp_notification_channel_up", ("channel", "telegram")));
        Assert.Equal(_post.Time.GetUtcNow().ToUnixTimeSeconds(), _post.Host.Sample("mcp_notification_last_success_timestamp_seconds", ("channel", "telegram")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Wall_clock_that_jumps_moves_no_attempt(int hours)
    {
        _telegram.Answer = (_, _) => _telegram.Attempts.Count == 1 ? DeliveryResult.Retry("429", TimeSpan.FromMinutes(5)) : DeliveryResult.Delivered();
        _post.Tell("telegram", NotificationKind.First, "one");
        _post.Run();

        _post.Wall.Moved = TimeSpan.FromHours(hours);
        _post.Run();
        Assert.Single(_telegram.Attempts);
        _post.Pass(5 * Minute);
        Assert.Single(_telegram.Delivered);
    }
}
