using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>On real threads, with limits so short that nobody waits for them.</summary>
public class SendThreadTests
{
    private static readonly OutboxSettings Short = new() { SendLimit = TimeSpan.FromMilliseconds(20), HangLimit = TimeSpan.FromMilliseconds(60), MostHung = 2 };
    private static readonly OutboxSettings Long = new() { SendLimit = TimeSpan.FromMinutes(1), HangLimit = TimeSpan.FromMinutes(2) };

    [Fact]
    public void Result_of_the_channel_comes_back()
    {
        ISender sender = Sender(Long);

        Assert.Equal(new Attempted(DeliveryResult.Delivered("7")), sender.Call(_ => DeliveryResult.Delivered("7")));
    }

    [Fact]
    public void Exception_is_an_unknown_outcome()
    {
        ISender sender = Sender(Long);

        Attempted attempt = sender.Call(_ => throw new InvalidOperationException("a bug"));

        Assert.Equal(new Attempted(DeliveryResult.Unknown("InvalidOperationException: a bug")), attempt);
    }

    [Fact]
    public void Send_that_takes_too_long_is_told_to_stop()
    {
        ISender sender = Sender(Short with { HangLimit = TimeSpan.FromMinutes(1) });

        Attempted attempt = sender.Call(stop =>
        {
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
            return DeliveryResult.Delivered();
        });

        Assert.False(attempt.HasHung);
        Assert.Equal(DeliveryStatus.Unknown, attempt.Result.Status);
    }

    [Fact]
    public void Send_that_does_not_stop_is_left_to_itself_and_the_next_is_called()
    {
        using var never = new ManualResetEventSlim();
        ISender sender = Sender(Short);

        Attempted hung = sender.Call(_ => Hang(never));
        Assert.True(hung.HasHung);
        Assert.Equal(DeliveryStatus.Unknown, hung.Result.Status);

        Assert.Equal(DeliveryStatus.Delivered, sender.Call(_ => DeliveryResult.Delivered()).Result.Status);
        never.Set();
    }

    [Fact]
    public void Channel_that_hangs_again_and_again_costs_no_more_than_a_few_threads()
    {
        using var never = new ManualResetEventSlim();
        ISender sender = Sender(Short);
        sender.Call(_ => Hang(never));
        Assert.True(sender.IsReady);
        sender.Call(_ => Hang(never));
        Assert.False(sender.IsReady);

        never.Set();
        Assert.True(SpinWait.SpinUntil(() => sender.IsReady, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Callback_that_hangs_when_it_is_told_to_stop_holds_up_nobody()
    {
        using var never = new ManualResetEventSlim();
        ISender sender = Sender(Short);

        Attempted attempt = sender.Call(stop =>
        {
            using CancellationTokenRegistration registration = stop.Register(() => never.Wait());
            return Hang(never);
        });

        Assert.True(attempt.HasHung);
        never.Set();
    }

    [Fact]
    public void Stop_ends_what_is_being_sent_and_nothing_is_called_after_it()
    {
        var sender = new SendThread("telegram", Long, TimeProvider.System);
        ISender calls = sender;

        Attempted stopped = calls.Call(stop =>
        {
            sender.Stop();
            stop.WaitHandle.WaitOne();
            throw new OperationCanceledException();
        });
        bool wasCalled = false;
        calls.Call(_ =>
        {
            wasCalled = true;
            return DeliveryResult.Delivered();
        });

        Assert.Equal(DeliveryStatus.Unknown, stopped.Result.Status);
        Assert.False(wasCalled);
        Assert.False(calls.IsReady);
    }

    [Fact]
    public void Send_that_gets_no_thread_is_tried_again_and_costs_none()
    {
        bool isFull = true;
        ISender sender = new SendThread("telegram", Short, TimeProvider.System, thread =>
        {
            if (isFull)
            {
                throw new InvalidOperationException("no more threads");
            }

            thread.UnsafeStart();
        });

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(DeliveryStatus.Retry, sender.Call(_ => DeliveryResult.Delivered()).Result.Status);
        }

        isFull = false;
        Assert.True(sender.IsReady);
        Assert.Equal(DeliveryStatus.Delivered, sender.Call(_ => DeliveryResult.Delivered()).Result.Status);
    }

    private static SendThread Sender(OutboxSettings settings) => new("telegram", settings, TimeProvider.System);

    private static DeliveryResult Hang(ManualResetEventSlim never)
    {
        never.Wait();
        return DeliveryResult.Delivered();
    }
}
