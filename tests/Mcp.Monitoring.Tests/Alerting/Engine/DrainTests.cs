using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>The end of the host: what is due is sent, for a while, and the rest is left as it is for the next start.</summary>
public sealed class DrainTests : IDisposable
{
    private const int MostSteps = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ScriptedChannel _telegram = new("telegram");
    private readonly RecordingStore _store = new();
    private readonly List<IDisposable> _hosts = [];
    private readonly Queue<Action> _calls = new();
    private readonly List<TimeSpan> _waits = [];
    private bool _areCallsHeld;

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    [Fact]
    public void What_fails_on_the_way_down_is_told_at_once()
    {
        (TestHost host, AlertingRuntime alerting) = Start();
        Raise(alerting, "1c");

        End(host, alerting);

        Assert.Equal("1c", Assert.Single(_telegram.Delivered).Alerts[0].Labels["dependency"]);
        Assert.Equal(DeliveryState.Sent, Assert.Single(_store.Messages).State);
        Assert.Empty(_waits);
    }

    [Fact]
    public void What_is_not_due_waits_for_the_next_start()
    {
        _telegram.Answer = static (_, _) => DeliveryResult.Retry("busy", TimeSpan.FromMinutes(1));
        (TestHost host, AlertingRuntime alerting) = Start();
        Raise(alerting, "1c");

        End(host, alerting);

        Assert.Single(_telegram.Attempts);
        Assert.Empty(_waits);
        Assert.Equal(DeliveryState.Pending, Assert.Single(_store.Messages).State);
        _telegram.Work();
        (TestHost next, AlertingRuntime again) = Start();
        next.Clock.Advance(TimeSpan.FromMinutes(2));
        Step(again);
        Assert.False(Assert.Single(_telegram.Delivered).IsPossibleDuplicate);
    }

    [Fact]
    public void Call_that_ends_in_time_is_waited_for_and_what_waited_behind_it_is_sent()
    {
        (TestHost host, AlertingRuntime alerting) = Start();
        _areCallsHeld = true;
        Raise(alerting, "1c");
        Raise(alerting, "redis");

        End(host, alerting, RunCalls);

        Assert.Equal(2, _telegram.Delivered.Count);
        Assert.All(_store.Messages, message => Assert.Equal(DeliveryState.Sent, message.State));
        Assert.Equal([Limit, Limit], _waits);
    }

    [Fact]
    public void Call_that_takes_longer_is_told_to_stop_and_may_have_arrived()
    {
        _telegram.Answer = static (_, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            return DeliveryResult.Delivered();
        };
        (TestHost host, AlertingRuntime alerting) = Start();
        _areCallsHeld = true;
        Raise(alerting, "1c");

        End(host, alerting, wait =>
        {
            if (_waits.Count == 1)
            {
                host.Clock.Advance(wait);
            }
            else
            {
                RunCalls(wait);
            }
        });

        Assert.Equal([Limit, TimeSpan.FromSeconds(1)], _waits);
        Assert.Empty(_telegram.Delivered);
        QueuedNotification left = Assert.Single(_store.Messages);
        Assert.Equal((DeliveryState.Pending, true), (left.State, left.Notification.IsPossibleDuplicate));
        AssertNextStartSends(("1c", true));
    }

    [Fact]
    public void Call_that_does_not_stop_is_left_and_may_have_arrived()
    {
        (TestHost host, AlertingRuntime alerting) = Start();
        _areCallsHeld = true;
        Raise(alerting, "1c");

        End(host, alerting, wait => host.Clock.Advance(wait));

        Assert.Equal([Limit, TimeSpan.FromSeconds(1)], _waits);
        Assert.Equal(DeliveryState.Sending, Assert.Single(_store.Messages).State);
        AssertNextStartSends(("1c", true));
    }

    [Fact]
    public void Nothing_more_is_sent_once_calls_were_told_to_stop()
    {
        (TestHost host, AlertingRuntime alerting) = Start();
        _areCallsHeld = true;
        Raise(alerting, "1c");
        Raise(alerting, "redis");

        // The first arrives at the last moment; the second would be next.
        End(host, alerting, wait =>
        {
            if (_waits.Count == 1)
            {
                host.Clock.Advance(wait);
            }
            else
            {
                RunCalls(wait);
            }
        });

        Assert.Single(_telegram.Attempts);
        Assert.Empty(_calls);
        Assert.Equal([DeliveryState.Sent, DeliveryState.Pending], _store.Messages.Select(message => message.State).OrderDescending());
        _telegram.Work();
        string late = _telegram.Delivered[0].Alerts[0].Labels["dependency"] == "1c" ? "redis" : "1c";
        AssertNextStartSends((late, false));
    }

    [Fact]
    public void End_while_the_file_is_held_tells_nobody_and_waits_for_nobody()
    {
        (TestHost host, AlertingRuntime alerting) = Start(new HeldStore());
        Raise(alerting, "1c");
        Step(alerting);

        End(host, alerting);

        Assert.Empty(_telegram.Attempts);
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task Runtime_that_is_disposed_of_has_its_call_stop_and_is_done_by_then()
    {
        _telegram.Answer = static (_, stop) =>
        {
            stop.WaitHandle.WaitOne(Patience);
            stop.ThrowIfCancellationRequested();
            return DeliveryResult.Delivered();
        };
        using var isStopping = new ManualResetEventSlim();
        (TestHost host, AlertingRuntime alerting) = Create(_store, (name, run) =>
        {
            if (name == "telegram stop")
            {
                isStopping.Set();
            }

            return AlertingSeams.None.StartThread(name, run);
        });
        alerting.Start();
        await alerting.Engine.Loaded.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Raise(alerting, "1c");
        Assert.True(SpinWait.SpinUntil(() => _telegram.Attempts.Count == 1, Patience));

        var end = new Thread(alerting.Dispose);
        end.Start();
        Assert.True(SpinWait.SpinUntil(() => Passed(host, isStopping), Patience));
        Assert.True(end.Join(Patience));
        alerting.Dispose();

        QueuedNotification left = Assert.Single(_store.Messages);
        Assert.Equal((DeliveryState.Pending, true), (left.State, left.Notification.IsPossibleDuplicate));
        Assert.Single(_telegram.Attempts);
    }

    // Time passes until the call is told to stop, and not while it does.
    private static bool Passed(TestHost host, ManualResetEventSlim isStopping)
    {
        if (!isStopping.IsSet)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return isStopping.IsSet;
    }

    private static void Raise(AlertingRuntime alerting, string dependency) => _ = alerting.Manager.RaiseIntegrationAsync(dependency, "get_order", "no free session");

    private static void Step(AlertingRuntime alerting)
    {
        int steps = 0;
        while (alerting.Engine.Step() <= TimeSpan.Zero)
        {
            Assert.True(++steps < MostSteps, "The engine has no end.");
        }
    }

    private (TestHost Host, AlertingRuntime Alerting) Start(IStateStore? store = null)
    {
        _areCallsHeld = false;
        (TestHost host, AlertingRuntime alerting) = Create(store ?? _store, StartCall);
        alerting.Begin();
        Step(alerting);
        return (host, alerting);
    }

    private (TestHost Host, AlertingRuntime Alerting) Create(IStateStore store, StartThread start)
    {
        var host = new TestHost(
            options =>
            {
                options.Alerts.Channels.Log.Enabled = false;
                options.Alerts.Grouping.Wait = TimeSpan.Zero;
                options.Alerts.Grouping.CriticalWait = TimeSpan.Zero;
            },
            services => services.AddSingleton<IAlertChannel>(_telegram));
        _hosts.Add(host);
        McpMonitoringOptions options = host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        var setup = new AlertSetup(options.Alerts, options.Thresholds, "orders-mcp", HasServiceLabel: true, "1.4.2", "mcp");
        return (host, new AlertingRuntime(host.Services, setup, Seams.Inline with { Store = store, StartThread = start }));
    }

    private void End(TestHost host, AlertingRuntime alerting, Action<TimeSpan>? wait = null)
    {
        alerting.Engine.End();
        alerting.Engine.Drain(time =>
        {
            Assert.True(_waits.Count < MostSteps, "The drain has no end.");
            _waits.Add(time);
            (wait ?? (passed => host.Clock.Advance(passed)))(time);
        });
    }

    // A call that is held goes on when it is run; to tell one to stop is done at once.
    private bool StartCall(string name, Action run)
    {
        if (_areCallsHeld && name == "telegram send")
        {
            _calls.Enqueue(run);
        }
        else
        {
            run();
        }

        return true;
    }

    private void RunCalls(TimeSpan wait)
    {
        while (_calls.TryDequeue(out Action? call))
        {
            call();
        }
    }

    private void AssertNextStartSends(params (string Dependency, bool IsMarked)[] expected)
    {
        int before = _telegram.Delivered.Count;
        (TestHost next, AlertingRuntime again) = Start();
        next.Clock.Advance(TimeSpan.FromMinutes(1));
        Step(again);
        Assert.Equal(expected, _telegram.Delivered.Skip(before).Select(message => (message.Alerts[0].Labels["dependency"], message.IsPossibleDuplicate)));
    }
}
