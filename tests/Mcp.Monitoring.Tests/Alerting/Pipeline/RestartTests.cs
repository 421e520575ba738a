using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Stages;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

public class RestartTests
{
    [Fact]
    public void A_firing_alert_is_not_told_again_and_its_end_is_told_once_in_the_same_thread()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00");
        string thread = $"thread of {scenario.Delivered[0].Notification.Group}";

        scenario.Restart(TimeSpan.FromSeconds(30));
        scenario.At("20:00").Resolve(scenario.Restored("McpHttpErrors"));
        scenario.Restart();
        scenario.At("6:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "00:20:00 Resolved high McpHttpErrors"], scenario.Told("telegram"));
        Assert.Equal(thread, scenario.LastMessage.ThreadReference);
    }

    [Fact]
    public void A_repeat_comes_when_it_would_have_come()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("1:00:00");

        scenario.Restart(TimeSpan.FromMinutes(5));
        scenario.At("5:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "04:00:30 Repeat high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_fired_but_was_not_told_before_the_crash_is_told_after_it()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("00:10");

        scenario.Restart(TimeSpan.FromMinutes(1));
        scenario.At("10:00");

        Assert.Equal(["00:01:10 First high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_ended_but_was_not_told_to_be_over_is_told_after_the_crash()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("02:00");
        scenario.Resolve(alert, () => alert.Description = UnreadableDescription.Until(scenario, TimeSpan.MaxValue));

        scenario.Restart(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "00:02:59 Resolved high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_was_enqueued_before_the_crash_is_sent_after_it_and_ends_in_order()
    {
        var scenario = new AlertScenario("telegram");
        scenario.TakeDown("telegram");
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00");

        scenario.Restart();
        scenario.BringUp("telegram");
        scenario.Step();
        scenario.At("20:00").Resolve(scenario.Restored("McpHttpErrors"));
        scenario.At("1:00:00");

        Assert.Equal(["00:12:31 First high McpHttpErrors", "00:20:00 Resolved high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void Incidents_keep_their_numbers_and_acknowledgements_and_escalation_its_step()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert first = scenario.Fire("McpAuthBroken", AlertSeverity.Critical);
        scenario.At("01:00").Resolve(first);
        scenario.At("05:00");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("21:00");
        Assert.Equal("00:20:05 Escalation critical McpIntegrationDown", scenario.Told("telegram")[^1]);

        scenario.Restart(TimeSpan.FromMinutes(1));
        scenario.At("36:00");
        Assert.Equal("00:35:05 Escalation critical McpIntegrationDown", scenario.Told("telegram")[^1]);
        Assert.True(scenario.Done(scenario.Manager.AcknowledgeAsync(2, "anna")));
        scenario.Restart(TimeSpan.FromMinutes(1));
        scenario.At("1:20:00").Resolve(scenario.Restored("McpIntegrationDown"));
        scenario.At("1:30:00");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "crm");
        scenario.At("1:31:00");

        Assert.Equal([3, 2, 1], scenario.Manager.ListIncidents().Select(incident => incident.Number));
        Assert.Equal((IncidentState.Resolved, "anna"), (scenario.Manager.ListIncidents()[1].State, scenario.Manager.ListIncidents()[1].AcknowledgedBy));
        Assert.Equal(["First", "Resolved", "First", "Escalation", "Escalation", "Resolved", "First"], scenario.Told("telegram").Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void What_code_raised_goes_on_and_ends_in_its_time()
    {
        var scenario = new AlertScenario("telegram");
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "get_order");
        scenario.At("05:00");

        scenario.Restart(TimeSpan.FromMinutes(1));
        Assert.Single(scenario.Manager.List(state: AlertState.Firing));
        scenario.At("10:00");
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "get_order");
        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First medium McpErrorRaised", "00:25:00 Resolved medium McpErrorRaised"], scenario.Told("telegram").Select(line => line.Replace("00:00:31", "00:00:30", StringComparison.Ordinal)));
    }

    [Fact]
    public void Silences_hold_and_their_end_in_the_meantime_is_told()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromMinutes(10));
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("05:00");

        scenario.Restart(TimeSpan.FromMinutes(1));
        scenario.At("07:00");
        Assert.Single(scenario.Manager.ListSilences());
        scenario.Restart(TimeSpan.FromMinutes(5));
        scenario.At("1:00:00");

        Assert.Equal(["00:12:00 SilenceExpired high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void What_flapped_goes_on_flapping_until_it_has_settled()
    {
        var scenario = new AlertScenario("telegram");
        for (int cycle = 0; cycle < 4; cycle++)
        {
            scenario.At($"{cycle * 2:00}:00");
            scenario.Resolve(scenario.Fire("McpHttpErrors", AlertSeverity.High));
        }

        scenario.At("10:00").Restart(TimeSpan.FromMinutes(1));
        scenario.At("1:00:00");

        Assert.Equal(["00:06:00 FlappingStarted high McpHttpErrors", "00:21:00 FlappingEnded high McpHttpErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_left_out_and_the_others_are_taken_up()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromHours(1));
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.AddRow(StoredSilence.Table, new StoredSilence
        {
            Id = "bad",
            Matchers = ["team-name=\"x\""],
            StartsAt = scenario.Clock.UtcNow,
            EndsAt = scenario.Clock.UtcNow.AddHours(2),
            CreatedBy = "anna",
        });
        scenario.AddRow(StoredGroup.Table, new StoredGroup
        {
            Id = "bad",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["dependency"] = null! },
            Opened = scenario.Clock.UtcNow,
        });

        scenario.Restart();

        Assert.Equal(2, scenario.Failures.Count);
        Assert.Single(scenario.Manager.ListSilences());
        Assert.True(Assert.Single(scenario.Manager.List()).IsSilenced);
    }

    [Theory]
    [InlineData(72, false)]
    [InlineData(74, true)]
    public void A_cause_explains_after_a_restart_for_as_long_as_before_it(int hours, bool isTold)
    {
        var scenario = new AlertScenario("telegram");
        scenario.Resolve(scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c"));
        scenario.Pass(TimeSpan.FromHours(hours));
        scenario.Restart();
        scenario.Fire("McpBudgetSlowBurn", AlertSeverity.Medium);
        scenario.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(isTold, scenario.Delivered.Exists(told => told.Notification.Alerts.Any(alert => alert.Name == "McpBudgetSlowBurn")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_clock_that_jumps_moves_nothing(int hours)
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00");
        int told = scenario.Delivered.Count;

        scenario.JumpClock(TimeSpan.FromHours(hours));
        scenario.Pass(TimeSpan.FromMinutes(9));
        Assert.Equal(told, scenario.Delivered.Count);
        scenario.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(told + 1, scenario.Delivered.Count);

        // What was stored before the jump is right after it, too.
        scenario.Restart();
        scenario.Pass(TimeSpan.FromMinutes(13));
        Assert.Equal(told + 1, scenario.Delivered.Count);
        scenario.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(told + 2, scenario.Delivered.Count);
    }
}
