using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Calls that take too long, hang, or get no thread; in virtual time, with threads that a test runs when it likes.</summary>
public sealed class ChannelCallTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _email = new("email");
    private readonly List<(string Name, Action Run)> _threads = [];
    private readonly DeliveryHarness _delivery;

    public ChannelCallTests()
    {
        _delivery = new DeliveryHarness(_telegram, _email);
        _delivery.Run();
    }

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void A_call_is_told_to_stop_after_the_limit_of_its_channel()
    {
        CancellationToken token = default;
        var patient = new ScriptedChannel("patient")
        {
            SendLimit = 30 * Second,
            Answer = (_, stop) =>
            {
                token = stop;
                throw new OperationCanceledException();
            },
        };
        using var delivery = new DeliveryHarness(patient);
        delivery.Run();
        Action? call = null;
        delivery.StartThread = (name, run) =>
        {
            if (name == "patient send")
            {
                call = run;
            }
            else
            {
                run();
                call!();
            }

            return true;
        };

        delivery.Tell("patient", NotificationKind.First, "one");
        delivery.Pass(30 * Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, delivery.Status("patient").Failures);
        delivery.Pass(TimeSpan.FromTicks(1));

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(1, delivery.Status("patient").Failures);
        Assert.Equal("it took too long, or the host stops", delivery.Status("patient").LastError);
        Assert.True(delivery.Store.Messages.Single().Notification.IsPossibleDuplicate);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(3_600, 300)]
    public void The_limit_of_a_channel_is_from_a_second_to_five_minutes(int asked, int counts)
    {
        var channel = new ScriptedChannel("odd") { SendLimit = asked * Second };
        Assert.Equal(counts * Second, new ChannelQueue(channel, new DeliverySettings(), _ => { }).SendLimit);
    }

    [Fact]
    public void A_call_that_does_not_stop_is_left_to_itself_and_the_next_is_made()
    {
        _delivery.StartThread = Keep;
        _delivery.Tell("telegram", NotificationKind.First, "one");

        _delivery.Pass(60 * Second - TimeSpan.FromTicks(1));
        Assert.Equal(["telegram send", "telegram stop"], _threads.Select(thread => thread.Name));
        _delivery.Pass(TimeSpan.FromTicks(1));

        ChannelStatus status = _delivery.Status("telegram");
        Assert.Equal((true, "sending has not ended after 60 s"), (status.IsDown, status.LastError));
        _delivery.StartThread = AlertingBuilder.AtOnce;
        _delivery.Pass(TimeSpan.FromMinutes(2));
        Assert.True(Assert.Single(_telegram.Delivered).IsPossibleDuplicate);
    }

    [Fact]
    public void A_call_that_hangs_holds_up_no_other_channel()
    {
        _delivery.StartThread = (name, run) => name.StartsWith("telegram", StringComparison.Ordinal) ? Keep(name, run) : AlertingBuilder.AtOnce(name, run);
        _delivery.TellAll(NotificationKind.First, "one");
        _delivery.Run();

        Assert.Equal(["First one"], _email.Told);
    }

    [Fact]
    public void A_channel_that_hangs_again_and_again_costs_no_more_than_four_threads_and_is_called_again_when_one_is_free()
    {
        _delivery.StartThread = Keep;
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(TimeSpan.FromHours(3));
        Assert.Equal(4, _threads.Count(thread => thread.Name == "telegram send"));

        _telegram.Work();
        _threads[0].Run();
        _delivery.Pass(TimeSpan.FromMinutes(6));

        Assert.Equal(5, _threads.Count(thread => thread.Name == "telegram send"));
    }

    [Fact]
    public void A_call_that_gets_no_thread_is_tried_again_and_is_no_duplicate()
    {
        _delivery.StartThread = static (_, _) => false;
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(2 * Second);
        Assert.Equal("no thread could be started to send it", _delivery.Status("telegram").LastError);

        _delivery.StartThread = AlertingBuilder.AtOnce;
        _delivery.Pass(10 * Second);

        Assert.False(Assert.Single(_telegram.Delivered).IsPossibleDuplicate);
    }

    [Fact]
    public void What_comes_of_a_call_that_was_left_to_itself_is_nobodys_business()
    {
        _delivery.StartThread = Keep;
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Pass(61 * Second);
        int failures = _delivery.Status("telegram").Failures;

        _threads[0].Run();
        _delivery.Run();

        Assert.Equal(failures, _delivery.Status("telegram").Failures);
        Assert.NotEqual(DeliveryState.Sent, _delivery.Store.Messages.First().State);
    }

    [Fact]
    public void A_channel_is_told_whether_the_pool_is_starved()
    {
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.IsPoolStarved = true;
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Run();

        Assert.Equal([false, true], _telegram.Delivered.Select(message => message.IsThreadPoolStarved));
    }

    [Fact]
    public void Progress_is_stored_and_handed_back_until_the_message_is_delivered_also_after_a_restart()
    {
        Queue<DeliveryResult> answers = new(
        [
            DeliveryResult.Retry("2 of 3 took it", 10 * Second, "anna;boris"),
            DeliveryResult.Retry("connection refused", 10 * Second),
            DeliveryResult.Delivered(),
        ]);
        _telegram.Answer = (_, _) => answers.Dequeue();
        _delivery.Tell("telegram", NotificationKind.First, "one");
        _delivery.Run();
        _delivery.Restart();
        _delivery.Pass(30 * Second);
        _telegram.Work();
        _delivery.Tell("telegram", NotificationKind.Update, "two");
        _delivery.Run();

        Assert.Equal([null, "anna;boris", "anna;boris", null], _telegram.Attempts.Select(message => message.Progress));
    }

    [Fact]
    public void Progress_of_more_than_a_kilobyte_is_refused_by_its_size()
    {
        Assert.Equal(new string('я', 512), DeliveryResult.Retry("x", progress: new string('я', 512)).Progress);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => DeliveryResult.Retry("x", progress: new string('я', 512) + "z"));
        Assert.StartsWith("It has 1025 bytes in UTF-8; at most 1024 are stored.", refused.Message, StringComparison.Ordinal);
    }

    private bool Keep(string name, Action run)
    {
        _threads.Add((name, run));
        return true;
    }
}
