using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Incidents;

public class EscalationTests
{
    [Fact]
    public void Nobody_acknowledges_so_the_steps_follow_one_another()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "telegram", "slack", "email");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("20:00").Resolve(alert);
        scenario.At("3:00:00");

        Assert.Equal(
            [
                "00:00:05 slack First critical McpIntegrationDown",
                "00:05:05 telegram Escalation critical McpIntegrationDown",
                "00:15:05 email Escalation critical McpIntegrationDown",
                "00:20:00 telegram Resolved critical McpIntegrationDown",
                "00:20:00 slack Resolved critical McpIntegrationDown",
                "00:20:00 email Resolved critical McpIntegrationDown",
            ],
            scenario.Told());
    }

    [Fact]
    public void An_acknowledgement_ends_the_calls_and_its_age_starts_them_anew()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "telegram", "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("06:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));

        scenario.At("1:15:00");

        Assert.Equal(
            [
                "00:00:05 slack First critical McpIntegrationDown",
                "00:05:05 telegram Escalation critical McpIntegrationDown",
                "01:06:00 slack Escalation critical McpIntegrationDown",
                "01:11:00 telegram Escalation critical McpIntegrationDown",
            ],
            scenario.Told());
        Assert.Contains("acknowledged 1 h ago and not resolved", scenario.Delivered[2].Notification.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_escalation_keeps_the_policy_it_began_with()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "telegram", "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00").Pipeline.Reload(new AlertSettings(new AlertOptions()));

        scenario.At("15:30");

        Assert.Equal(["00:05:05 Escalation critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Equal(["00:15:05 Escalation critical McpIntegrationDown"], scenario.Told("email"));
    }

    [Fact]
    public void Without_a_policy_a_critical_incident_is_called_out_after_15_and_30_minutes_and_then_five_times_by_the_hour()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c", repeat: TimeSpan.FromDays(7));

        scenario.At("23:00:00");

        Assert.Equal(
            ["00:00:05", "00:15:05", "00:30:05", "01:30:05", "02:30:05", "03:30:05", "04:30:05", "05:30:05"],
            scenario.Told("telegram").Select(line => line.Split(' ')[0]));
        Assert.Contains("not acknowledged for 15 min, step 2: ", scenario.Delivered[1].Notification.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_names_who_is_called_in_the_order_of_the_channels_whatever_order_they_came_to_know_in()
    {
        var scenario = new AlertScenario("telegram", "slack");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c", repeat: TimeSpan.FromDays(7));
        scenario.At("01:00");
        alert.Channels = ["slack", "telegram"];

        scenario.At("16:00");

        Assert.Equal("step 2: telegram, slack", scenario.Manager.ListIncidents()[0].Timeline[^1].What);
    }

    [Fact]
    public void A_step_whose_channels_are_all_down_does_not_hold_up_the_next()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "telegram", "slack", "email");
        scenario.Channel("telegram").Health = () => DeliveryResult.Permanent("401: unauthorized");
        scenario.Restart();
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("06:00");

        Assert.Equal(["00:00:05 slack First critical McpIntegrationDown", "00:05:05 slack Escalation critical McpIntegrationDown", "00:05:05 email Escalation critical McpIntegrationDown"], scenario.Told());
    }

    [Fact]
    public void A_step_that_is_late_is_run_and_says_so()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "telegram", "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00");

        scenario.Restart(TimeSpan.FromMinutes(9));
        scenario.At("10:01");

        Assert.Equal(["00:10:00 Escalation critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Contains("late", scenario.LastMessage.Text, StringComparison.Ordinal);
        Assert.Contains(scenario.Manager.ListIncidents().Single().Timeline, entry => entry.What.Contains("(4 min late)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_to_channels_that_do_not_exist_calls_those_of_the_severity()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(), "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("06:00");

        Assert.Equal(
            [
                "00:00:05 slack First critical McpIntegrationDown",
                "00:05:05 slack Escalation critical McpIntegrationDown",
                "00:05:05 email Escalation critical McpIntegrationDown",
            ],
            scenario.Told());
    }

    [Fact]
    public void A_step_for_the_log_alone_does_not_call_the_next_before_its_time()
    {
        var scenario = new AlertScenario(SlackTelegramEmail(second: "log"), "slack", "email", "log");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("20:00");

        Assert.Equal(["00:15:05 Escalation critical McpIntegrationDown"], scenario.Told("email"));
    }

    [Theory]
    [InlineData(AlertSeverity.High)]
    [InlineData(AlertSeverity.Medium)]
    [InlineData(AlertSeverity.Low)]
    public void Nobody_is_called_about_what_is_no_longer_critical(AlertSeverity severity)
    {
        var scenario = new AlertScenario("email");
        ActiveAlert alert = scenario.Fire("McpAvailabilityBurn", AlertSeverity.Critical);
        scenario.At("10:00").Worsen(alert, severity);

        scenario.At("3:52:00");

        Assert.DoesNotContain(scenario.Told("email"), line => line.Contains("Escalation", StringComparison.Ordinal));
        Assert.Contains(scenario.Manager.ListIncidents().Single().Timeline, entry => entry.What == "no longer critical, escalation ended");
    }

    [Fact]
    public void Nobody_is_called_about_a_lesser_alert_of_the_same_incident()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpRetriesHigh", AlertSeverity.Medium, "1c");
        scenario.At("10:00").Resolve(down);

        scenario.At("4:00:00");

        Assert.DoesNotContain(scenario.Told("telegram"), line => line.Contains("Escalation", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_critical_again_calls_people_anew_also_after_a_restart()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.Critical, operation: "get_order");
        scenario.At("10:00").Worsen(alert, AlertSeverity.High);
        scenario.At("20:00").Restart(TimeSpan.FromSeconds(10));
        scenario.At("1:00:00").Worsen(scenario.Restored("McpToolFailing"), AlertSeverity.Critical);

        scenario.At("1:20:00");

        Assert.Equal(["01:15:00 Escalation critical McpToolFailing"], scenario.Told("telegram").Where(line => line.Contains("Escalation", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_is_called_while_it_has_stopped_and_is_only_kept_firing()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpServerFailing", AlertSeverity.Critical);
        scenario.At("14:00").Quiet(alert);

        scenario.At("18:00").Quiet(alert, isQuiet: false);
        scenario.At("18:30");

        Assert.Equal(["00:00:05 First critical McpServerFailing", "00:18:00 Escalation critical McpServerFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_first_step_after_a_while_calls_nobody_before()
    {
        var options = new AlertOptions
        {
            Escalation = { new EscalationPolicyOptions { Steps = { new EscalationStepOptions { After = TimeSpan.FromMinutes(10), Channels = ["email"] } }, MostRepeats = 0 } },
        };
        var scenario = new AlertScenario(options, "telegram", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("10:04");
        Assert.DoesNotContain(scenario.Told(), line => line.Contains("Escalation", StringComparison.Ordinal));
        scenario.At("1:00:00");

        Assert.Equal(["00:10:05 email Escalation critical McpIntegrationDown"], scenario.Told().Where(line => line.Contains("Escalation", StringComparison.Ordinal)));
        Assert.Contains("not acknowledged for 10 min, step 1: ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    private static AlertOptions SlackTelegramEmail(string second = "telegram") => new()
    {
        Escalation =
        {
            new EscalationPolicyOptions
            {
                Steps =
                {
                    new EscalationStepOptions { Channels = ["slack"] },
                    new EscalationStepOptions { After = TimeSpan.FromMinutes(5), Channels = [second] },
                    new EscalationStepOptions { After = TimeSpan.FromMinutes(15), Channels = ["email"] },
                },
                MostRepeats = 0,
            },
        },
    };
}
