using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Calls on real threads and the real clock.</summary>
public class DeliveryThreadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Without a word of its end, a call is looked at only when its limit is over.
    private readonly ScriptedChannel _telegram = new("telegram") { SendLimit = 10 * Patience };
    private readonly ScriptedChannel _email = new("email") { SendLimit = 10 * Patience };

    [Fact]
    public void Channels_send_at_the_same_time_each_on_a_thread_of_its_own()
    {
        using var both = new Barrier(2);
        var threads = new Dictionary<int, bool>();
        DeliveryResult Meet(AlertNotification message, CancellationToken stop)
        {
            lock (threads)
            {
                threads[Environment.CurrentManagedThreadId] = Thread.CurrentThread.IsThreadPoolThread;
            }

            return both.SignalAndWait(Patience, stop) ? DeliveryResult.Delivered() : DeliveryResult.Permanent("the other did not come");
        }

        _telegram.Answer = _email.Answer = Meet;
        using var timer = new WakeableTimer(TimeProvider.System);
        BuiltAlerting alerting = Start(timer);
        Tell(alerting, "telegram");
        Tell(alerting, "email");
        Until(alerting, timer, () => _telegram.Delivered.Count == 1 && _email.Delivered.Count == 1);

        Assert.Equal(2, threads.Count);
        Assert.DoesNotContain(true, threads.Values);
    }

    [Fact]
    public void End_of_a_call_wakes_the_engine()
    {
        using var go = new ManualResetEventSlim();
        _telegram.Answer = (_, stop) =>
        {
            go.Wait(stop);
            return DeliveryResult.Delivered();
        };
        using var timer = new WakeableTimer(TimeProvider.System);
        BuiltAlerting alerting = Start(timer);
        Until(alerting, timer, () => _telegram.Checks == 1 && !alerting.Queue.IsCalling);
        Tell(alerting, "telegram");
        alerting.Send(DeliveryPhase.Running);
        Assert.True(SpinWait.SpinUntil(() => _telegram.Attempts.Count == 1, Patience));

        go.Set();
        Until(alerting, timer, () => alerting.Queue.Channels[0].Waiting == 0);

        Assert.Single(_telegram.Delivered);
    }

    private static void Until(BuiltAlerting alerting, WakeableTimer timer, Func<bool> condition)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            TimeSpan wait = alerting.Send(DeliveryPhase.Running) - alerting.Clock.Now;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "It has taken too long.");
            if (condition())
            {
                return;
            }

            timer.Wait(wait < Patience ? wait : Patience);
        }
    }

    private BuiltAlerting Start(WakeableTimer timer)
    {
        BuiltAlerting alerting = new AlertingBuilder { Time = TimeProvider.System, Channels = [_telegram, _email], StartThread = AlertingSeams.None.StartThread }.Build();
        alerting.Queue.Wake = timer.Wake;
        return alerting;
    }

    private static void Tell(BuiltAlerting alerting, string channel)
    {
        var changes = new StateChanges();
        string id = Guid.NewGuid().ToString("N");
        alerting.Queue.Enqueue(
            new QueuedNotification
            {
                Id = id,
                Channel = channel,
                Notification = new AlertNotification
                {
                    Id = id,
                    Kind = NotificationKind.First,
                    Severity = AlertSeverity.High,
                    Group = "1c",
                    Title = "1c down",
                    Service = "orders-mcp",
                    Summary = "one",
                    Text = "one",
                },
                Generation = 1,
                Created = TimeProvider.System.GetUtcNow(),
            },
            changes);
    }
}
