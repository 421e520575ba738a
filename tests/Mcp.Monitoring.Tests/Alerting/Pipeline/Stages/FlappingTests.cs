using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

public class FlappingTests
{
    [Theory]
    [InlineData(true, "00:46:00 FlappingEnded high McpHttpErrors")]
    [InlineData(false, "00:42:00 FlappingEnded high McpHttpErrors")]
    public void Five_cycles_are_one_beginning_silence_and_one_end_with_the_state(bool goesOn, string end)
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert? alert = null;
        for (int cycle = 0; cycle < 5; cycle++)
        {
            scenario.At($"{cycle * 6:00}:00");
            alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
            scenario.At($"{(cycle * 6) + 3:00}:00").Resolve(alert);
        }

        if (goesOn)
        {
            scenario.At("31:00");
            alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        }

        scenario.At("1:00:00");

        Assert.Equal("00:21:00 FlappingStarted high McpHttpErrors", scenario.Told("telegram").Single(line => line.Contains("FlappingStarted", StringComparison.Ordinal)));
        Assert.Equal(["00:21:00 FlappingStarted high McpHttpErrors", end], scenario.Told("telegram").SkipWhile(line => !line.Contains("FlappingStarted", StringComparison.Ordinal)));
        // Of the last of the five cycles, which began at 24:00.
        Assert.Equal(goesOn ? null : AlertScenario.Begin + TimeSpan.FromMinutes(27), scenario.LastMessage.EndedAt);
        Assert.Contains(goesOn ? "has settled and goes on" : "has settled", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_is_told_although_alerts_are_grouped_otherwise_meanwhile()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 4; cycle++)
        {
            scenario.At($"{cycle * 2:00}:00");
            scenario.Resolve(scenario.Fire("McpHttpErrors", AlertSeverity.High));
        }

        scenario.Pipeline.Reload(new AlertSettings(new AlertOptions { Grouping = { By = ["alertname"] } }));
        scenario.At("1:00:00");

        Assert.Equal(["00:06:00 FlappingStarted high McpHttpErrors", "00:21:00 FlappingEnded high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_goes_on_after_it_has_settled_is_told_to_be_over_once()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 4; cycle++)
        {
            scenario.At($"{cycle * 2:00}:00");
            scenario.Resolve(scenario.Fire("McpHttpErrors", AlertSeverity.High));
        }

        scenario.At("08:00");
        ActiveAlert last = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("1:00:00").Resolve(last);
        scenario.At("2:00:00");

        Assert.Equal(
            ["00:06:00 FlappingStarted high McpHttpErrors", "00:23:00 FlappingEnded high McpHttpErrors", "01:00:00 Resolved high McpHttpErrors"],
            scenario.Told("telegram"));
    }

    [Fact]
    public void What_comes_and_goes_while_it_is_kept_firing_is_told_once_with_how_often()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpServerFailing", AlertSeverity.High);
        for (int cycle = 0; cycle < 12; cycle++)
        {
            scenario.At($"{(cycle * 5) + 2:00}:00").Quiet(alert);
            scenario.At(cycle == 11 ? "1:00:00" : $"{(cycle * 5) + 5:00}:00").Quiet(alert, isQuiet: false);
        }

        scenario.Quiet(alert);
        scenario.At("1:05:00").Resolve(alert);
        scenario.At("2:00:00");

        Assert.Equal(
            ["00:00:30 First high McpServerFailing", "00:19:00 FlappingStarted high McpServerFailing", "01:17:00 FlappingEnded high McpServerFailing"], scenario.Told("telegram"));
        Assert.Contains("— comes and goes: 4 times in 19 min, no more messages until it has settled: ", scenario.Delivered[1].Notification.Text, StringComparison.Ordinal);
        Assert.StartsWith("🟢 resolved · server failing · orders-mcp — has settled, 03:00–04:00 MSK, 1 h.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_away_for_a_moment_has_not_gone()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpServerFailing", AlertSeverity.High);
        for (int second = 60; second < 1_200; second += 30)
        {
            scenario.Pass(TimeSpan.FromSeconds(15));
            scenario.Quiet(alert);
            scenario.Pass(TimeSpan.FromSeconds(15));
            scenario.Quiet(alert, isQuiet: false);
        }

        Assert.Equal(["00:00:30 First high McpServerFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void Alerts_of_one_group_that_come_and_go_in_turn_are_told_once()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 6; cycle++)
        {
            scenario.At($"{cycle * 5:00}:00");
            ActiveAlert alert = scenario.Make("McpToolFailing", AlertSeverity.High, "1c", operation: cycle % 2 == 0 ? "get_order" : "get_stock");
            scenario.Fire(alert);
            scenario.At($"{(cycle * 5) + 2:00}:00").Resolve(alert);
        }

        scenario.At("1:00:00");

        Assert.Single(scenario.Told("telegram"), line => line.Contains("FlappingStarted", StringComparison.Ordinal));
        Assert.EndsWith(" FlappingEnded high McpToolFailing", scenario.Told("telegram")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_becomes_critical_while_it_comes_and_goes_is_told()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 4; cycle++)
        {
            scenario.At($"{cycle * 2:00}:00");
            scenario.Resolve(scenario.Fire("McpHttpErrors", AlertSeverity.High));
        }

        scenario.At("08:00");
        scenario.Fire("McpHttpErrors", AlertSeverity.Critical);
        scenario.At("09:00");

        Assert.Equal(["00:06:00 FlappingStarted high McpHttpErrors", "00:08:00 Update critical McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void Three_cycles_are_none()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 3; cycle++)
        {
            scenario.At($"{cycle * 9:00}:00");
            ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
            scenario.At($"{(cycle * 9) + 8:00}:00").Resolve(alert);
        }

        scenario.At("1:00:00");

        Assert.Equal(["First", "Resolved", "First", "Resolved", "First", "Resolved"], scenario.Told("telegram").Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_breaker_that_flaps_for_ten_minutes_is_one_alert_and_one_resolve()
    {
        var scenario = new AlertScenario("telegram");

        // Its rule keeps it firing from one opening to the next: for people it is open all the time.
        ActiveAlert breaker = scenario.Fire("McpCircuitBreakerOpen", AlertSeverity.High, "1c");
        scenario.At("10:00").Resolve(breaker);
        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpCircuitBreakerOpen", "00:10:00 Resolved high McpCircuitBreakerOpen"], scenario.Told("telegram"));
    }
}
