using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>Members that are away, refuse, hang, or have another time.</summary>
public sealed class MemberTroubleTests : IDisposable
{
    private readonly ForwardScenario _forward = new();

    public void Dispose() => _forward.Dispose();

    [Fact]
    public void Member_that_is_away_is_tried_each_15_seconds_and_sent_all_there_is_when_it_is_back()
    {
        _forward.Alertmanager.TakeDown("b");
        _forward.Alerts.Fire("Down", AlertSeverity.Critical);
        _forward.Alerts.At("00:50");
        _forward.Alertmanager.BringUp("b");
        _forward.Alerts.At("01:30");

        Assert.Equal(["00:01:00 Down 00:00:00–00:05:00"], _forward.Alertmanager.Sent("b"));
        Assert.Equal(2, _forward.Alertmanager.Sent("a").Length);
        Assert.Equal(
            ["The Alertmanager http://b:9093 takes no alerts: the connection was refused. It is tried again each 15 seconds; all that fires is sent again then."],
            _forward.Logged("AlertmanagerFails"));
        Assert.Equal(["The Alertmanager http://b:9093 takes alerts again."], _forward.Logged("AlertmanagerTakesAgain"));
    }

    [Fact]
    public void Health_names_each_member_that_takes_no_alerts_and_how_many_do()
    {
        _forward.Alertmanager.TakeDown("b");
        _forward.Alerts.At("03:00");

        Assert.Equal(["Alertmanager http://b:9093 takes no alerts for 2 min: the connection was refused"], _forward.Alerts.Forwarder.Health.Problems);
        Assert.Equal(
            ["Alertmanager http://b:9093 takes no alerts for 2 min: the connection was refused", "Alertmanager http://a:9093 takes alerts"], _forward.Alerts.Forwarder.Health.Sentences);
        Assert.False(_forward.Alerts.Forwarder.Status.IsDown);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public void Alert_that_a_member_refuses_costs_no_other_and_is_not_sent_there_again(int status)
    {
        _forward.Alertmanager.Answer = post => post.Member == "a" && post.Alerts.Any(alert => alert.Labels["operation"] == "bad") ? status : 200;
        string[] operations = [.. Enumerable.Range(0, 99).Select(number => $"good{number}"), "bad"];
        foreach (string operation in operations)
        {
            _forward.Alerts.Pipeline.Intake.Firing(Firing(operation));
        }

        _forward.Alerts.Step();
        string[] first = Taken("a");
        _forward.Alertmanager.Posts.Clear();
        _forward.Alerts.At("01:00");

        Assert.Equal(operations.SkipLast(1).Order(StringComparer.Ordinal), first.Order(StringComparer.Ordinal));
        Assert.Equal(operations.SkipLast(1).Order(StringComparer.Ordinal), Taken("a").Order(StringComparer.Ordinal));
        Assert.Equal(operations.Order(StringComparer.Ordinal), Taken("b").Order(StringComparer.Ordinal));
        Assert.Single(_forward.Alertmanager.Posts, post => post.Member == "a");
        string told = Assert.Single(_forward.Logged("AlertmanagerRefuses"));
        Assert.Contains("operation=\"bad\"", told, StringComparison.Ordinal);
        Assert.Empty(_forward.Logged("AlertmanagerFails"));
    }

    [Fact]
    public void Member_that_refuses_everything_is_not_flooded_and_takes_no_alerts()
    {
        _forward.Alertmanager.Answer = _ => 400;
        for (int i = 0; i < 256; i++)
        {
            _forward.Alerts.Pipeline.Intake.Firing(Firing($"tool{i}"));
        }

        _forward.Alerts.Step();

        Assert.InRange(_forward.Alertmanager.Posts.Count(post => post.Member == "a"), 1, 60);
        Assert.Equal(2, _forward.Logged("AlertmanagerFails").Length);
        Assert.True(_forward.Alerts.Forwarder.Status.IsDown);
    }

    [Fact]
    public void Many_alerts_go_in_requests_of_256()
    {
        for (int i = 0; i < 600; i++)
        {
            _forward.Alerts.Pipeline.Intake.Firing(Firing($"tool{i}"));
        }

        _forward.Alerts.Step();

        Assert.Equal([0, 256, 256, 88], _forward.Alertmanager.Posts.Where(post => post.Member == "a").Select(post => post.Alerts.Count));
        Assert.Equal(600, Taken("a").Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(31, 1)]
    [InlineData(-31, 1)]
    [InlineData(30, 0)]
    [InlineData(-30, 0)]
    public void Clock_that_differs_by_more_than_30_seconds_is_warned_of_once(int ahead, int warnings)
    {
        _forward.Alertmanager.Ahead = TimeSpan.FromSeconds(ahead);
        _forward.Alerts.At("30:00");

        // Once for each member.
        Assert.Equal(2 * warnings, _forward.Logged("AlertmanagerClockDiffers").Length);
    }

    [Theory]
    [InlineData(239, false)]
    [InlineData(240, true)]
    [InlineData(-3_600, false)]
    public void Clock_that_is_so_far_ahead_that_nothing_is_told_is_in_the_health(int ahead, bool isTold)
    {
        _forward.Alertmanager.Ahead = TimeSpan.FromSeconds(ahead);
        _forward.Alerts.At("01:01");

        string[] problems = [.. _forward.Alerts.Forwarder.Health.Problems];
        Assert.Equal(isTold ? 2 : 0, problems.Length);
        Assert.All(problems, static problem => Assert.EndsWith("is ahead by 4 min: alerts are over there before they are told. Set both clocks by NTP", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, "it refuses the sign-in (401). Check alerts.alertmanager.username and password, or bearer_token")]
    [InlineData(404, "there is no Alertmanager at this address (404). Check alerts.alertmanager.urls: the address of the member, with its route prefix and without /api")]
    [InlineData(302, "it sends elsewhere (302), which is not followed. Set alerts.alertmanager.urls to where it is")]
    [InlineData(503, "it fails (503)")]
    public void What_is_wrong_is_said_in_words(int status, string words)
    {
        _forward.Alertmanager.Answer = _ => status;
        _forward.Alerts.At("01:01");

        Assert.Equal(words, _forward.Alerts.Forwarder.Status.LastError);
    }

    private string[] Taken(string member) =>
        [.. _forward.Alertmanager.Posts.Where(post => post.Member == member && post.IsTaken).SelectMany(post => post.Alerts).Select(alert => alert.Labels["operation"])];

    private ActiveAlert Firing(string operation)
    {
        ActiveAlert alert = _forward.Alerts.Make("McpToolErrors", AlertSeverity.Low, operation: operation);
        alert.State = AlertState.Firing;
        alert.FiredAt = _forward.Alerts.Clock.Now;
        return alert;
    }
}
