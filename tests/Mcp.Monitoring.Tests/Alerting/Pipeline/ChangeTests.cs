using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>What is told of something that goes on: that it is worse, less, or has stopped.</summary>
public class ChangeTests
{
    [Fact]
    public void What_is_no_longer_critical_is_told_once_without_sound_in_the_same_thread()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.Critical, operation: "get_order");
        scenario.At("08:00").Worsen(alert, AlertSeverity.High);
        scenario.At("20:00").Worsen(alert, AlertSeverity.Critical);
        scenario.At("30:00").Worsen(alert, AlertSeverity.Medium);
        scenario.At("40:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(
            [
                "00:00:05 First critical McpToolFailing",
                "00:08:00 Update high McpToolFailing",
                "00:20:00 Update critical McpToolFailing",
                "00:40:00 Resolved medium McpToolFailing",
            ],
            scenario.Told("telegram"));
        AlertNotification fallen = scenario.Delivered[1].Notification;
        Assert.True(fallen.IsSilent);
        Assert.StartsWith("🟠 high · get_order: tool failing · orders-mcp — no longer critical: McpToolFailing of get_order, since 03:00 MSK.", fallen.Text, StringComparison.Ordinal);
        Assert.Single(scenario.Delivered.Select(told => told.Notification.Group).Distinct(StringComparer.Ordinal));
        Assert.Contains("It was critical: ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.9, false)]
    [InlineData(5, true)]
    public void A_value_five_times_what_was_told_is_told_at_most_every_15_minutes(double times, bool isTold)
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpSlowOperations", AlertSeverity.Medium, operation: "get_order");
        alert.IsIntensity = true;
        alert.Value = 0.5;
        scenario.Fire(alert);
        scenario.At("02:00");
        alert.Value = 0.5 * times;
        scenario.At("1:00:00");

        Assert.Equal(
            isTold ? ["00:00:30 First medium McpSlowOperations", "00:15:30 Update medium McpSlowOperations"] : ["00:00:30 First medium McpSlowOperations"],
            scenario.Told("telegram"));
        Assert.Equal(isTold, scenario.LastMessage.Text.Contains("— much worse: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_count_that_grows_is_not_much_worse()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpIntegrationDown", AlertSeverity.High, "1c");
        alert.Value = 3;
        scenario.Fire(alert);
        scenario.At("02:00");
        alert.Value = 300;

        scenario.At("1:00:00");

        Assert.Single(scenario.Told("telegram"));
    }

    [Fact]
    public void What_had_stopped_when_it_was_told_is_said_to_have_at_once_without_sound()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpServerFailing", AlertSeverity.Critical);
        scenario.At("00:30").Stop(alert, TimeSpan.FromSeconds(3));
        scenario.At("05:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(
            ["00:00:05 First critical McpServerFailing", "00:00:30 Update critical McpServerFailing", "00:05:00 Resolved critical McpServerFailing"], scenario.Told("telegram"));
        AlertNotification stopped = scenario.Delivered[1].Notification;
        Assert.True(stopped.IsSilent);
        Assert.StartsWith("🔴 critical · server failing · orders-mcp — stopped at 03:00:03: McpServerFailing of the service, since 03:00 MSK.", stopped.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stops_after_it_was_told_is_told_with_its_end()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpServerFailing", AlertSeverity.Critical);
        scenario.At("02:30").Stop(alert, TimeSpan.FromMinutes(2));
        scenario.At("07:00").Resolve(alert);
        scenario.At("1:00:00");

        Assert.Equal(["00:00:05 First critical McpServerFailing", "00:07:00 Resolved critical McpServerFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_has_stopped_before_anybody_was_told_says_so_in_the_first_message()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        alert.StoppedAt = TimeSpan.FromSeconds(10);
        scenario.At("02:00").Fire(alert);
        scenario.At("05:00");

        Assert.Equal(["00:02:30 First medium McpToolErrors"], scenario.Told("telegram"));
        Assert.Contains(", since 03:00 MSK, stopped at 03:00:10.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_tells_the_worst_with_its_time_and_lasts_from_the_true_beginning()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Make("McpSlowOperations", AlertSeverity.Medium, operation: "get_order");
        scenario.At("10:00").Fire(alert);
        scenario.At("20:00");
        alert.PendingSince = scenario.Clock.Now;
        alert.PeakSummary = "p95 is 6 s, the limit is 500 ms";
        alert.PeakAt = scenario.Clock.Now;
        scenario.At("31:00").Resolve(alert);

        Assert.StartsWith(
            "🟢 resolved · get_order · orders-mcp — 03:00–03:31 MSK, 31 min. It was medium, at worst 03:20:00: p95 is 6 s, the limit is 500 ms.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_called_again_is_not_said_to_be_well()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        scenario.At("1.00:20:00");
        alert.LastFailureAt = TimeSpan.FromMinutes(20);
        alert.State = AlertState.Resolved;
        alert.ResolvedAt = scenario.Clock.Now;
        alert.ResolveReason = ResolveReason.NoData;
        scenario.Pipeline.Intake.Resolved(alert);
        scenario.Step();

        Assert.StartsWith("⚪ ended · get_order · orders-mcp — ", scenario.LastMessage.Text, StringComparison.Ordinal);
        Assert.Contains("No calls since 24 Nov 03:20 MSK.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }
}
