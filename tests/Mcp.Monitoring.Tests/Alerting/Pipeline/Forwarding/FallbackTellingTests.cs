using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>Who tells people while no Alertmanager does.</summary>
public sealed class FallbackTellingTests : IDisposable
{
    private readonly ForwardScenario _forward = new(options => options.FallbackChannel = "slack", "telegram", "slack", "log");

    public void Dispose() => _forward.Dispose();

    [Fact]
    public void After_5_minutes_without_a_member_the_fallback_channel_tells_that_and_every_alert()
    {
        ActiveAlert alert = _forward.Alerts.At("01:00").Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("02:30");
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.At("20:00").Resolve(alert);
        _forward.Alerts.At("21:00");

        Assert.Equal(
            [
                "00:07:45 slack Announcement high No Alertmanager has taken alerts since 03:02 MSK: they are told here until one does",
                "00:07:45 slack First critical Down",
                "00:20:00 slack Resolved critical Down",
            ],
            _forward.Alerts.Told());
    }

    [Fact]
    public void When_a_member_is_back_that_is_told_and_then_only_the_ends_of_what_was_told()
    {
        _forward.Alertmanager.TakeDown("a", "b");
        ActiveAlert alert = _forward.Alerts.Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("10:05");
        _forward.Alertmanager.BringUp("b");
        _forward.Alerts.At("11:00").Fire("Slow", AlertSeverity.Critical, dependency: "sap");
        _forward.Alerts.At("12:00:00").Resolve(alert);
        _forward.Alerts.At("12:30:00");

        Assert.Equal(
            [
                "00:05:00 slack Announcement high No Alertmanager has taken alerts since 03:00 MSK: they are told here until one does",
                "00:05:00 slack First critical Down",
                "00:10:15 slack Announcement medium it tells of them from now on; here only the ends follow of what was told here",
                "12:00:00 slack Resolved critical Down",
            ],
            _forward.Alerts.Told());
        Assert.Equal(2, _forward.Alertmanager.Posts.Where(post => post.IsTaken).SelectMany(post => post.Alerts).Select(posted => posted.Labels["alertname"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Member_that_answers_within_5_minutes_begins_the_count_anew()
    {
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.At("04:50");
        _forward.Alertmanager.BringUp("a");
        _forward.Alerts.At("05:30");
        _forward.Alertmanager.TakeDown("a");
        _forward.Alerts.At("10:40");

        Assert.Empty(_forward.Alerts.Told());

        _forward.Alerts.At("11:10");

        Assert.Single(_forward.Alerts.Told());
    }

    [Fact]
    public void Restart_in_between_says_nothing_again()
    {
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("06:00");
        _forward.Alerts.Restart();
        _forward.Alerts.At("20:00");
        Assert.Equal(2, _forward.Alerts.Told().Count);

        _forward.Alertmanager.BringUp("a", "b");
        _forward.Alerts.At("21:00");

        Assert.Equal(3, _forward.Alerts.Told().Count);
    }

    [Theory]
    [InlineData(null, "telegram slack log", "telegram")]
    [InlineData("slack", "telegram slack log", "slack")]
    [InlineData("pager", "telegram slack log", "telegram")]
    [InlineData(null, "log", "log")]
    [InlineData("log", "telegram log", "log")]
    public void Fallback_is_the_channel_of_the_settings_else_the_first_else_the_log(string? named, string channels, string told)
    {
        using var forward = new ForwardScenario(options => options.FallbackChannel = named, channels.Split(' '));
        forward.Alertmanager.TakeDown("a", "b");
        forward.Alerts.Fire("Down", AlertSeverity.Critical, dependency: "1c");
        forward.Alerts.At("06:00");

        Assert.Equal([told, told], forward.Alerts.Delivered.Select(message => message.Channel));
    }

    [Fact]
    public void Nobody_is_called_again_by_an_escalation()
    {
        _forward.Alertmanager.TakeDown("a", "b");
        _forward.Alerts.Fire("Down", AlertSeverity.Critical, dependency: "1c");
        _forward.Alerts.At("3:00:00");

        Assert.Equal(2, _forward.Alerts.Told().Count);
    }

    [Fact]
    public void In_Russian_it_is_said_in_Russian()
    {
        using var forward = new ForwardScenario(options => options.Language = AlertLanguage.Ru, "telegram");
        forward.Alertmanager.TakeDown("a", "b");
        forward.Alerts.At("06:30");

        Assert.Equal(["00:05:15 Announcement high Ни один Alertmanager не принимает алерты с 03:00 МСК: пока это так, о них сообщается здесь"], forward.Alerts.Told("telegram"));
    }
}
