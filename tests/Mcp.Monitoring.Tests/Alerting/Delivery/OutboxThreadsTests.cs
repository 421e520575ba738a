using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>On real threads and the real clock.</summary>
public sealed class OutboxThreadsTests : IDisposable
{
    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly ScriptedChannel _email = new("email");
    private readonly PostOffice _post;

    public OutboxThreadsTests() => _post = new PostOffice(_telegram, _email);

    public void Dispose() => _post.Dispose();

    [Fact]
    public void Channels_send_at_the_same_time_and_one_that_hangs_stops_no_other()
    {
        using var never = new ManualResetEventSlim();
        _telegram.Answer = (_, _) =>
        {
            never.Wait(CancellationToken.None);
            return DeliveryResult.Delivered();
        };
        using (Outbox outbox = Start(new OutboxSettings { DrainLimit = TimeSpan.Zero }))
        {
            Tell(outbox, "telegram", 1);
            Tell(outbox, "email", 1);
            Until(() => _telegram.Attempts.Count == 1 && _email.Delivered.Count == 1);
            Tell(outbox, "email", 2);
            Until(() => _email.Delivered.Count == 2);
            never.Set();
        }
    }

    [Fact]
    public void Channel_that_hangs_for_ever_is_seen_as_down_and_another_stands_in()
    {
        using var never = new ManualResetEventSlim();
        _telegram.Answer = (_, _) =>
        {
            never.Wait(CancellationToken.None);
            return DeliveryResult.Delivered();
        };
        var settings = new OutboxSettings
        {
            SendLimit = TimeSpan.FromMilliseconds(10),
            HangLimit = TimeSpan.FromMilliseconds(30),
            StandInAfter = TimeSpan.Zero,
            DrainLimit = TimeSpan.Zero,
        };
        using (Outbox outbox = Start(settings))
        {
            Tell(outbox, "telegram", 1);
            Until(() => _email.Delivered.Count == 1);
            Assert.True(outbox.Channels[0].IsDown);
            Assert.Contains("has not ended", outbox.Channels[0].LastError, StringComparison.Ordinal);
            never.Set();
        }
    }

    [Fact]
    public void End_of_the_host_sends_what_is_due_and_leaves_the_rest()
    {
        Outbox outbox = Start(new OutboxSettings());
        _email.Refuse();
        Tell(outbox, "email", 1);
        Until(() => _email.Attempts.Count == 1);
        for (int i = 1; i <= 50; i++)
        {
            Tell(outbox, "telegram", i, $"group {i}");
        }

        outbox.Dispose();
        int attempts = _email.Attempts.Count;
        _email.Work();

        Assert.Equal(50, _telegram.Delivered.Count);
        Assert.Equal(OutboxState.Pending, Assert.Single(_post.Store.Messages, message => message.Channel == "email").State);
        Tell(outbox, "email", 2, "other");
        Tell(outbox, "telegram", 2, "other");
        Assert.Equal(50, _telegram.Attempts.Count);
        Assert.Equal(attempts, _email.Attempts.Count);
    }

    [Fact]
    public void End_of_the_host_tells_a_send_to_stop_and_it_is_tried_again_at_the_next_start()
    {
        using var isSending = new ManualResetEventSlim();
        _telegram.Answer = (_, stop) =>
        {
            isSending.Set();
            stop.WaitHandle.WaitOne();
            throw new OperationCanceledException();
        };
        Outbox outbox = Start(new OutboxSettings { DrainLimit = TimeSpan.FromMilliseconds(50) });
        Tell(outbox, "telegram", 1);
        isSending.Wait(TestContext.Current.CancellationToken);

        outbox.Dispose();

        OutboxMessage left = Assert.Single(_post.Store.Messages);
        Assert.Equal(OutboxState.Pending, left.State);
        Assert.True(left.Notification.IsPossibleDuplicate);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)));

    private Outbox Start(OutboxSettings settings)
    {
        var outbox = new Outbox(
            _post.Channels, _post.Store, settings, new AlertClock(TimeProvider.System), new DeliveryMetrics(_post.Host.Registry),
            _post.Host.Services.GetRequiredService<InternalErrors>());
        outbox.Start();
        return outbox;
    }

    private void Tell(Outbox outbox, string channel, long generation, string group = "1c")
    {
        var changes = new StateChanges();
        OutboxMessage message = _post.Message(channel, NotificationKind.Update, $"{generation}", group, AlertSeverity.High, isKnown: true, generation);
        outbox.Enqueue(message with { Created = TimeProvider.System.GetUtcNow(), ExpiresAt = null }, changes);
        _post.Store.Save(changes);
        outbox.Release();
    }
}
