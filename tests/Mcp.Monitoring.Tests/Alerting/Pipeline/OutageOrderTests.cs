using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>Groups that concern each other, and outages that follow each other.</summary>
public class OutageOrderTests
{
    [Fact]
    public void A_consequence_in_another_group_is_told_when_its_cause_has_been_over_for_long_enough()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert cause = scenario.Fire("McpSlowQueries", AlertSeverity.Medium, "orders_db");
        scenario.At("01:00").Fire("McpLatencyBurn", AlertSeverity.High);
        scenario.At("10:00").Resolve(cause);

        scenario.At("7:30:00");

        Assert.Equal(
            ["00:00:30 First medium McpSlowQueries", "00:10:00 Resolved medium McpSlowQueries", "07:10:00 First high McpLatencyBurn"],
            scenario.Told("telegram").Where(line => !line.Contains("Repeat", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_next_outage_of_the_same_is_another_group_in_another_thread()
    {
        var scenario = new AlertScenario("telegram");
        scenario.At("01:00").Resolve(FiredAt(scenario, "00:10"));
        scenario.At("30:00").Resolve(FiredAt(scenario, "20:00"));

        Assert.Equal(["First", "Resolved", "First", "Resolved"], scenario.Told("telegram").Select(line => line.Split(' ')[1]));
        string[] groups = [.. scenario.Delivered.Select(told => told.Notification.Group)];
        Assert.Equal(groups[0], groups[1]);
        Assert.Equal(groups[2], groups[3]);
        Assert.NotEqual(groups[0], groups[2]);
        Assert.Null(scenario.Delivered[2].Notification.ThreadReference);
    }

    [Fact]
    public void Calls_that_are_only_counted_are_reminders_of_what_the_channel_knows()
    {
        var scenario = new AlertScenario(new AlertOptions { Storm = { MessagesPerHour = 1 } }, "telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("1:10:00");

        Assert.Equal(["00:01:05 Digest critical 1 alert began (1 critical)", "01:01:05 Digest critical 2 reminders left out"], scenario.Told("telegram"));
    }

    [Fact]
    public void That_something_has_happened_ends_without_a_word_and_what_goes_on_beside_it_is_not_told_anew()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        ActiveAlert goesOn = scenario.Fire("McpAuthBroken", AlertSeverity.High);
        var happened = new ActiveAlert("McpToolsVanished", new AlertLabels([new("alertname", "McpToolsVanished"), new("mcp_service", "orders-mcp")]))
        {
            Severity = AlertSeverity.High,
            IsEvent = true,
        };
        scenario.Fire(happened);
        scenario.At("02:00").Resolve(happened);
        scenario.At("20:00").Resolve(goesOn);
        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpAuthBroken+McpToolsVanished", "00:20:00 Resolved high McpAuthBroken"], scenario.Told("telegram"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Operations_that_begin_to_fail_alike_within_two_minutes_are_one_outage(int ticksLater, bool isOne)
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert one = Failing(scenario.At("30:00"), "get_order");
        scenario.Pass(TimeSpan.FromMinutes(2) + TimeSpan.FromTicks(ticksLater));

        Assert.Equal(isOne, Failing(scenario, "get_stock").Group == one.Group);
    }

    private static ActiveAlert Failing(AlertScenario scenario, string operation)
    {
        ActiveAlert alert = scenario.Make("McpToolFailing", AlertSeverity.High, operation: operation);
        alert.ErrorType = "integration";
        scenario.Fire(alert);
        return alert;
    }

    private static ActiveAlert FiredAt(AlertScenario scenario, string time)
    {
        ActiveAlert alert = scenario.At(time).Fire("McpHttpErrors", AlertSeverity.High);
        scenario.Pass(TimeSpan.FromMinutes(1));
        return alert;
    }
}
