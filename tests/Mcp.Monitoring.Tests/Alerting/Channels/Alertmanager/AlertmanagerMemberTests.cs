using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Alertmanager;

/// <summary>One member whose requests hang, or that has more to take than may wait.</summary>
public sealed class AlertmanagerMemberTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLogs _logs = new();
    private readonly Queue<Action> _started = new();
    private readonly AlertmanagerStandIn _standIn;
    private readonly AlertmanagerHost _host;
    private readonly AlertmanagerMember _member;

    public AlertmanagerMemberTests()
    {
        var registry = new MetricsRegistry(new MetricsOptions(), new MonitoringClock(_time));
        _standIn = new AlertmanagerStandIn(_time);
        _host = new AlertmanagerHost
        {
            Options = static () => new AlertmanagerOptions { Timeout = TimeSpan.FromSeconds(10) },
            Client = _standIn,
            Clock = new AlertClock(_time),
            StartThread = (_, run) =>
            {
                _started.Enqueue(run);
                return true;
            },
            Metrics = new DeliveryMetrics(registry),
            Dropped = registry.Dropped.With("alerting", "alertmanager_queue"),
            Logger = _logs.CreateLogger("test"),
        };
        _member = new AlertmanagerMember(_host, new Uri("http://a:9093"));
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Request_that_does_not_answer_is_told_to_stop_and_then_left_alone()
    {
        Send();
        Pass(seconds: 10);
        Assert.Equal(2, _started.Count);
        Assert.Null(_member.FailingSince);

        Pass(seconds: 5);

        Assert.Equal("it has not answered within 10 s", _member.LastError);
        Assert.False(_member.IsCalling);
    }

    [Fact]
    public void No_more_than_four_requests_hang_at_a_time_and_one_that_ends_makes_room()
    {
        for (int i = 0; i < 10; i++)
        {
            Send();
            Pass(seconds: 10);
            Pass(seconds: 5);
        }

        Assert.Equal(8, _started.Count);
        Assert.False(_member.IsCalling);

        _started.Dequeue()();
        Send();

        Assert.Equal(8, _started.Count);
        Assert.True(_member.IsCalling);
    }

    [Fact]
    public void Thread_that_cannot_be_started_is_a_failure_and_no_more()
    {
        var host = new AlertmanagerHost
        {
            Options = _host.Options,
            Client = _standIn,
            Clock = _host.Clock,
            StartThread = static (_, _) => false,
            Metrics = _host.Metrics,
            Dropped = _host.Dropped,
            Logger = _host.Logger,
        };
        var member = new AlertmanagerMember(host, new Uri("http://a:9093"));
        member.Resent();
        member.Tick();
        member.Begin();
        member.Tick();

        Assert.Equal("no thread could be started to send it", member.LastError);
    }

    [Fact]
    public void Of_more_than_may_wait_the_oldest_are_dropped_and_counted()
    {
        for (int i = 0; i < AlertmanagerMember.MostWaiting + 3; i++)
        {
            _member.Enqueue(Posted($"tool{i}"));
        }

        Assert.Equal(AlertmanagerMember.MostWaiting, _member.Waiting);
        Assert.Equal(3, _host.Dropped.Value);

        for (int i = 0; i < 100 && (i == 0 || _member.HasEnded); i++)
        {
            _member.Tick();
            _member.Begin();
            while (_started.TryDequeue(out Action? run))
            {
                run();
            }
        }

        string?[] sent = [.. _standIn.Posts.SelectMany(post => post.Alerts).Select(alert => alert.Labels["operation"])];
        Assert.Equal(AlertmanagerMember.MostWaiting, sent.Length);
        Assert.Equal("tool3", sent[0]);
    }

    [Fact]
    public void Newer_state_of_an_alert_takes_the_place_of_what_waits_of_it()
    {
        _member.Enqueue(Posted("a"));
        _member.Enqueue(Posted("b"));
        _member.Enqueue(Posted("a") with { EndsAt = _time.GetUtcNow().AddHours(1) });

        Assert.Equal(2, _member.Waiting);
        _member.Tick();
        _member.Begin();
        _started.Dequeue()();

        Assert.Equal([("a", 60.0), ("b", 4.0)], _standIn.Posts[0].Alerts.Select(alert => (alert.Labels["operation"], (alert.EndsAt - _time.GetUtcNow()).TotalMinutes)));
    }

    private void Send()
    {
        _member.Resent();
        _member.Tick();
        _member.Begin();
    }

    private void Pass(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _member.Tick();
        _member.Begin();
    }

    private PostedAlert Posted(string operation) => new(
        new AlertLabels([new("alertname", "McpToolErrors"), new("operation", operation)]),
        new Dictionary<string, string>(StringComparer.Ordinal),
        _time.GetUtcNow(),
        _time.GetUtcNow().AddMinutes(4));
}
