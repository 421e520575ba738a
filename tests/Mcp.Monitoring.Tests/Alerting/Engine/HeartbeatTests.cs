using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Tests.Alerting.Channels.Logger;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>An address is called each minute while rules are evaluated, and not a minute longer.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly AlertClock _clock;
    private readonly List<TimeSpan> _calls = [];
    private readonly Heartbeat _heartbeat;
    private Uri? _address = new("https://hc.example/secret");
    private Func<CancellationToken, DeliveryResult> _answer = _ => DeliveryResult.Delivered();
    private bool _isHeld;
    private int _failures;

    public HeartbeatTests()
    {
        _clock = new AlertClock(_time);
        _heartbeat = new Heartbeat(_clock, () => _address, Call, Start, () => _failures++, _log.CreateLogger("alerts"));
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void It_is_called_each_minute()
    {
        Pass(minutes: 5);

        Assert.Equal([0, 1, 2, 3, 4, 5], _calls.Select(call => call.TotalMinutes));
        Assert.Empty(_log.Records);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(30.001, false)]
    public void It_is_called_where_rules_were_evaluated_within_two_intervals(double seconds, bool isCalled)
    {
        _heartbeat.Tick(TimeSpan.FromSeconds(seconds), Interval);

        Assert.Equal(isCalled ? 1 : 0, _calls.Count);
    }

    [Fact]
    public void It_stops_with_the_evaluation_and_goes_on_with_it()
    {
        Pass(minutes: 2);
        Pass(minutes: 10, sinceEvaluation: TimeSpan.FromMinutes(1));
        Assert.Equal(3, _calls.Count);

        Pass(minutes: 1);

        Assert.Equal(5, _calls.Count);
        Assert.Equal(0, _failures);
    }

    [Fact]
    public void Without_an_address_nobody_is_called_and_one_that_is_set_by_a_reload_is()
    {
        _address = null;
        Assert.Equal(TimeSpan.MaxValue, _heartbeat.Tick(TimeSpan.Zero, Interval));
        Pass(minutes: 3);
        Assert.Empty(_calls);

        _address = new Uri("https://hc.example/other");
        Pass(minutes: 1);

        Assert.NotEmpty(_calls);
    }

    [Fact]
    public void Each_failure_is_counted_and_the_first_is_logged_and_that_it_arrives_again()
    {
        _answer = _ => DeliveryResult.Retry("hc.example answered 500");
        Pass(minutes: 4);
        Assert.Equal(5, _failures);
        Assert.Equal(
            [(510, LogLevel.Warning, "The heartbeat does not arrive: hc.example answered 500. It is tried each minute; whoever listens there may take this server for dead. Check alerts.heartbeat_url.")],
            Logged());

        _answer = _ => DeliveryResult.Delivered();
        Pass(minutes: 3);

        Assert.Equal(5, _failures);
        Assert.Equal((511, LogLevel.Information, "The heartbeat arrives again."), Logged()[1]);
        Assert.Equal(2, _log.Records.Count);
        Assert.DoesNotContain(_log.Records, record => record.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_throws_is_a_failure()
    {
        _answer = _ => throw new InvalidOperationException("a bug");
        Pass(minutes: 1);

        Assert.Equal(2, _failures);
        Assert.Contains("InvalidOperationException: a bug", _log.Records[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_does_not_answer_is_told_to_stop_after_ten_seconds_and_left_alone_after_forty()
    {
        _isHeld = true;
        Assert.Equal(TimeSpan.FromSeconds(10), _heartbeat.Tick(TimeSpan.Zero, Interval));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(40), _heartbeat.Tick(TimeSpan.Zero, Interval));
        Assert.Equal(0, _failures);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromMinutes(1), _heartbeat.Tick(TimeSpan.Zero, Interval));
        Assert.Equal(1, _failures);
        Assert.Contains("no answer within 40 s", _log.Records[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_fifth_call_is_begun_while_four_hang()
    {
        _isHeld = true;
        int started = 0;
        _started = () => started++;
        Pass(minutes: 20);

        Assert.Equal(4, started);
    }

    [Fact]
    public void A_night_without_an_address_calls_nobody()
    {
        using var night = new Night(begin: 0);
        night.Run(TimeSpan.FromMinutes(3));

        Assert.Equal(0, night.Metric("mcp_monitoring_errors_total"));
    }

    private Action _started = static () => { };

    private DeliveryResult Call(Uri address, CancellationToken stop)
    {
        Assert.Equal(_address, address);
        _calls.Add(_clock.Now);
        return _answer(stop);
    }

    private bool Start(string name, Action run)
    {
        if (_isHeld)
        {
            _ = name.EndsWith(" send", StringComparison.Ordinal) ? Began() : 0;
            return true;
        }

        run();
        return true;
    }

    private int Began()
    {
        _started();
        return 1;
    }

    private (int Event, LogLevel Level, string Text)[] Logged() => [.. _log.Records.Select(record => (record.Event.Id, record.Level, record.Text))];

    // As the engine steps it: each 5 seconds.
    private void Pass(int minutes, TimeSpan sinceEvaluation = default)
    {
        for (int step = 0; step < minutes * 12; step++)
        {
            _heartbeat.Tick(sinceEvaluation, Interval);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        _heartbeat.Tick(sinceEvaluation, Interval);
    }
}
