using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>Members that have just started, and know neither what fires here nor what fires in other replicas.</summary>
public sealed class RestartedMemberTests : IDisposable
{
    private readonly ForwardScenario _forward = new();

    public void Dispose() => _forward.Dispose();

    [Fact]
    public void Member_that_restarts_unseen_is_sent_what_fires_within_15_seconds_and_ends_40_seconds_after_its_start()
    {
        ActiveAlert over = _forward.Alerts.Fire("Slow", AlertSeverity.High);
        _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:10").Resolve(over);
        _forward.Alerts.At("01:05");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alertmanager.StartedAt = _forward.Alerts.Time.GetUtcNow();
        _forward.Alerts.At("02:00");

        Assert.Equal(
            [
                "00:01:15 Down 00:00:00–00:05:15",
                "00:01:45 Slow 00:00:00–00:00:10",
                "00:01:45 Down 00:00:00–00:05:45",
            ],
            _forward.Alertmanager.Sent("a"));
    }

    [Fact]
    public void End_that_comes_just_after_a_restart_waits_for_the_other_replicas()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("01:05");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alertmanager.StartedAt = _forward.Alerts.Time.GetUtcNow();
        _forward.Alerts.At("01:07").Resolve(alert);
        _forward.Alerts.At("01:50");

        Assert.Equal(["00:01:45 Down 00:00:00–00:01:07"], _forward.Alertmanager.Sent("a"));
    }

    [Fact]
    public void Member_that_comes_back_after_a_restart_is_sent_what_fires_at_once_and_ends_later()
    {
        ActiveAlert over = _forward.Alerts.Fire("Slow", AlertSeverity.High);
        _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:30");
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.At("00:40").Resolve(over);
        _forward.Alerts.At("00:50");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alertmanager.BringUp("a", "b");
        _forward.Alertmanager.StartedAt = _forward.Alerts.Time.GetUtcNow();
        _forward.Alerts.At("01:35");

        Assert.Equal(["Down", "Slow", "Down"], _forward.Alertmanager.Sent("a").Select(static line => line.Split(' ')[1]));
        Assert.Equal("00:01:30 Slow 00:00:00–00:00:40", _forward.Alertmanager.Sent("a")[1]);
    }

    [Fact]
    public void Member_whose_clock_differs_is_judged_by_its_own_clock()
    {
        _forward.Alertmanager.Ahead = TimeSpan.FromMinutes(-3);
        _forward.Alertmanager.StartedAt = _forward.Alerts.Time.GetUtcNow().AddMinutes(-1);
        _forward.Alerts.At("00:20");
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:30");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alerts.Resolve(alert);
        _forward.Alerts.At("00:31");

        Assert.Equal(["00:00:30 Down 00:00:20–00:00:30"], _forward.Alertmanager.Sent("a"));
    }

    [Fact]
    public void Member_that_seems_to_start_tomorrow_is_sent_ends_after_40_seconds_all_the_same()
    {
        _forward.Alertmanager.StartedAt = _forward.Alerts.Time.GetUtcNow().AddDays(1);
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:20").Resolve(alert);
        _forward.Alerts.At("02:00");

        Assert.Equal("00:00:55 Down 00:00:00–00:00:20", _forward.Alertmanager.Sent("a").First(static line => line.EndsWith("–00:00:20", StringComparison.Ordinal)));
    }

    [Fact]
    public void Member_that_does_not_say_since_when_it_runs_is_sent_ends_at_once()
    {
        _forward.Alertmanager.StartedAt = null;
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:10").Resolve(alert);
        _forward.Alerts.At("00:11");

        Assert.Equal(["00:00:00 Down 00:00:00–00:04:00", "00:00:10 Down 00:00:00–00:00:10"], _forward.Alertmanager.Sent("a"));
        Assert.Null(_forward.Alerts.Forwarder.Status.LastError);
    }
}
