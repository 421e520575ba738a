using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>What members of an Alertmanager are sent, and when.</summary>
public sealed class ForwardingTests : IDisposable
{
    private readonly ForwardScenario _forward = new(configure: null, "telegram", "log");

    public void Dispose() => _forward.Dispose();

    [Fact]
    public void Alert_goes_to_every_member_at_once_and_each_minute_with_a_later_end_until_it_is_over()
    {
        ActiveAlert alert = _forward.Alerts.At("00:10").Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("02:30").Resolve(alert);
        _forward.Alerts.At("03:30");

        string[] sent =
        [
            "00:00:10 Down 00:00:10–00:04:10",
            "00:01:00 Down 00:00:10–00:05:00",
            "00:02:00 Down 00:00:10–00:06:00",
            "00:02:30 Down 00:00:10–00:02:30",
            "00:03:00 Down 00:00:10–00:02:30",
        ];
        Assert.Equal(sent, _forward.Alertmanager.Sent("a"));
        Assert.Equal(sent, _forward.Alertmanager.Sent("b"));
    }

    [Fact]
    public void Nobody_else_is_told_as_long_as_a_member_takes_alerts()
    {
        _forward.Alertmanager.TakeDown("b");
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("5:00:00").Resolve(alert);
        _forward.Alerts.At("6:00:00");

        Assert.Empty(_forward.Alerts.Told());
    }

    [Fact]
    public void End_is_sent_again_for_15_minutes_and_then_forgotten()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("01:30").Resolve(alert);

        _forward.Alerts.At("1:00:00");

        string[] ends = [.. _forward.Alertmanager.Sent("a").Where(sent => sent.EndsWith("–00:01:30", StringComparison.Ordinal))];
        Assert.Equal(16, ends.Length);
        Assert.Equal("00:16:00 Down 00:00:00–00:01:30", ends[^1]);
    }

    [Fact]
    public void End_is_sent_again_after_a_restart_for_the_rest_of_the_15_minutes()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("01:30").Resolve(alert);
        _forward.Alerts.At("02:10");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alerts.Restart(downtime: TimeSpan.FromMinutes(5));
        _forward.Alerts.At("1:00:00");

        string[] sent = _forward.Alertmanager.Sent("a");
        Assert.Equal("00:07:10 Down 00:00:00–00:01:30", sent[0]);
        Assert.Equal("00:16:10 Down 00:00:00–00:01:30", sent[^1]);
        Assert.Equal(10, sent.Length);
    }

    [Fact]
    public void Alert_that_goes_on_over_a_restart_keeps_its_beginning_and_one_that_is_gone_is_ended()
    {
        _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        ActiveAlert other = _forward.Alerts.Fire("Slow", AlertSeverity.Medium);
        _forward.Alerts.At("00:30");
        _forward.Alertmanager.Posts.Clear();

        _forward.Alerts.Restart(downtime: TimeSpan.FromMinutes(1));
        _forward.Alerts.Resolve(_forward.Alerts.Restored(other.Rule));

        Assert.Equal(
            ["00:01:30 Down 00:00:00–00:05:30", "00:01:30 Slow 00:00:00–00:05:30", "00:01:30 Slow 00:00:00–00:01:30"],
            _forward.Alertmanager.Sent("a").OrderBy(sent => sent.EndsWith("00:01:30", StringComparison.Ordinal)).ThenBy(sent => sent, StringComparer.Ordinal));
    }

    [Fact]
    public void Replica_that_has_another_name_after_a_restart_ends_what_it_told_under_the_former_one()
    {
        _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:30");
        _forward.Options.Alertmanager.Instance = "pod-8";
        _forward.Alertmanager.Posts.Clear();

        _forward.Alerts.Restart();

        PostedAlert[] sent = [.. _forward.Alertmanager.Posts.Where(post => post.Member == "a").SelectMany(post => post.Alerts)];
        Assert.Equal(
            [("pod-7", false), ("pod-8", true)],
            sent.Select(alert => (alert.Labels["instance"], alert.EndsAt > _forward.Alerts.Time.GetUtcNow())).Distinct().Order());
    }

    [Fact]
    public void Severity_is_a_label_so_another_one_ends_the_alert_and_begins_a_second()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.High);
        _forward.Alerts.At("00:20").Worsen(alert, AlertSeverity.Critical);

        PostedAlert[] sent = [.. _forward.Alertmanager.Posts[^2].Alerts];
        Assert.Equal(
            [("critical", 240), ("high", 0)],
            sent.Select(posted => (posted.Labels["severity"], (int)(posted.EndsAt - _forward.Alerts.Time.GetUtcNow()).TotalSeconds)).OrderBy(posted => posted.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void Alert_that_comes_back_begins_anew_under_the_same_labels()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.High);
        _forward.Alerts.At("00:20").Resolve(alert);
        _forward.Alerts.At("00:40").Fire("Down", AlertSeverity.High);
        _forward.Alerts.At("01:00");

        Assert.Equal("00:01:00 Down 00:00:40–00:05:00", _forward.Alertmanager.Sent("a")[^1]);
        Assert.Single(_forward.Alertmanager.Posts.SelectMany(post => post.Alerts).Select(posted => posted.Labels).Distinct());
    }

    [Fact]
    public void Pending_alert_is_not_sent()
    {
        _forward.Alerts.Pend("Down", AlertSeverity.Critical);
        _forward.Alerts.At("10:00");

        Assert.Empty(_forward.Alertmanager.Sent("a"));
    }

    [Fact]
    public void Wall_clock_that_goes_back_makes_no_alert_that_ends_before_it_begins_or_is_over_later()
    {
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        ActiveAlert other = _forward.Alerts.Fire("Slow", AlertSeverity.Medium);
        _forward.Alerts.At("00:30").Resolve(other);
        _forward.Alerts.JumpClock(TimeSpan.FromHours(-1));
        _forward.Alerts.At("01:30").Resolve(alert);
        _forward.Alerts.At("02:30");

        PostedAlert[] later = [.. _forward.Alertmanager.Posts.Where(post => post.At > AlertScenario.Begin.AddSeconds(31)).SelectMany(post => post.Alerts)];
        Assert.NotEmpty(later);
        Assert.All(later, posted => Assert.Null(posted.Problem));
        Assert.All(later.TakeLast(2), posted => Assert.True(posted.EndsAt <= _forward.Alerts.Time.GetUtcNow().AddHours(-1)));
    }

    [Fact]
    public void Labels_and_annotations_say_what_it_is()
    {
        _forward.Options.DashboardUrl = "https://grafana.company.com/d/mcp";
        _forward.Options.PageUrl = "https://orders.company.com/monitoring";
        _forward.Alerts.Pipeline.Reload(new(_forward.Options));
        ActiveAlert alert = _forward.Alerts.Make("McpIntegrationDown", AlertSeverity.Critical, dependency: "1c");
        alert.Description = new AlertDescription("14 of 14 calls failed in 5 min", ["Tools: get_order 9.", "Breaker open."], "https://wiki/1c", "1c down");
        _forward.Alerts.Fire(alert);

        PostedAlert sent = Assert.Single(_forward.Alertmanager.Posts[^1].Alerts);
        Assert.Equal(
            """{alertname="McpIntegrationDown", dependency="1c", instance="pod-7", mcp_service="orders-mcp", service="orders-mcp", severity="critical"}""", sent.Labels.ToString());
        Assert.Equal("https://orders.company.com/monitoring", sent.Link);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["summary"] = "1c down: 14 of 14 calls failed in 5 min",
                ["description"] = "Tools: get_order 9. Breaker open.",
                ["runbook_url"] = "https://wiki/1c",
                ["dashboard_url"] = "https://grafana.company.com/d/mcp",
            },
            sent.Annotations);
    }
}
