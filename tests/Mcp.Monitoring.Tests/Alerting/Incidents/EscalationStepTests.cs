using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Incidents;

/// <summary>Steps that nobody hears, that come together, and what they call people by.</summary>
public class EscalationStepTests
{
    [Fact]
    public void A_step_that_tells_nobody_is_not_written_down()
    {
        var scenario = new AlertScenario(Steps("slack", "log", "email"), "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("16:00");

        Assert.Equal(["opened", "step 3: email"], scenario.Manager.ListIncidents().Single().Timeline.Select(entry => entry.What));
    }

    [Fact]
    public void Two_steps_to_the_same_that_have_both_become_due_are_one_call()
    {
        var scenario = new AlertScenario(Steps("slack", "telegram", "telegram"), "telegram", "slack");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00").Restart(new TimeSpan(0, 14, 5));

        scenario.At("30:00");

        Assert.Equal(["00:15:05 Escalation critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Contains(", step 3: ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_steps_that_have_both_become_due_a_channel_of_both_tells_the_later()
    {
        AlertOptions options = Steps("slack", "telegram", "telegram");
        options.Escalation[0].Steps[1].Channels = ["telegram", "email"];
        var scenario = new AlertScenario(options, "telegram", "slack", "email");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00").Restart(new TimeSpan(0, 14, 5));

        scenario.At("30:00");

        Assert.Equal(["00:15:05 Escalation critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Equal(["00:15:05 Escalation critical McpIntegrationDown"], scenario.Told("email"));
        Assert.Contains(", step 3: ", scenario.Channel("telegram").Delivered[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_nobody_hears_is_not_followed_at_once_by_one_that_nobody_hears_either()
    {
        var scenario = new AlertScenario(Steps("slack", "telegram", "email"), "telegram", "slack", "email");
        scenario.Channel("telegram").Health = () => DeliveryResult.Permanent("401: unauthorized");
        scenario.Channel("email").Health = () => DeliveryResult.Permanent("no such server");
        scenario.Restart();
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("20:00");

        Assert.Equal(
            ["00:00:05 First critical McpIntegrationDown", "00:05:05 Escalation critical McpIntegrationDown", "00:15:05 Escalation critical McpIntegrationDown"],
            scenario.Told("slack"));
    }

    [Fact]
    public void Who_has_acknowledged_is_named_in_at_most_a_hundred_characters()
    {
        AlertOptions options = Steps("slack", "telegram");
        options.Escalation[0].Steps[1].OnlyIfNotAcknowledged = false;
        var scenario = new AlertScenario(options, "telegram", "slack");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, new string('a', 101)));

        scenario.At("06:00");

        Assert.Contains($"— acknowledged by {new string('a', 99)}…, step 2: ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    private static AlertOptions Steps(params string[] channels)
    {
        TimeSpan[] after = [TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];
        var policy = new EscalationPolicyOptions { MostRepeats = 0 };
        foreach ((int step, string channel) in channels.Index())
        {
            policy.Steps.Add(new EscalationStepOptions { After = after[step], Channels = [channel] });
        }

        return new AlertOptions { Escalation = { policy } };
    }
}
