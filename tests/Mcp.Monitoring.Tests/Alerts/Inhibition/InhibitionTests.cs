using Mcp.Monitoring.Alerts;

namespace Mcp.Monitoring.Tests.Alerts.Inhibition;

public class InhibitionTests
{
    [Fact]
    public void The_night_on_which_a_dependency_is_down_is_one_critical_and_one_resolve()
    {
        var scenario = new AlertScenario("telegram", "slack");
        scenario.At("03:00");
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        ActiveAlert tool = scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");
        ActiveAlert ratio = scenario.Fire("McpErrorRatioHigh", AlertSeverity.Medium);
        ActiveAlert retries = scenario.Fire("McpRetriesHigh", AlertSeverity.Medium, "1c");
        scenario.At("04:00");
        ActiveAlert burn = scenario.Fire("McpAvailabilityBurn", AlertSeverity.Critical);
        scenario.At("05:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));

        scenario.At("40:00").Resolve(down);
        scenario.At("46:00").Resolve(burn);
        scenario.At("50:00").Resolve(ratio);
        scenario.Resolve(retries);
        scenario.At("1:05:00").Resolve(tool);
        scenario.At("12:00:00");

        string[] night = ["00:03:05 First critical McpIntegrationDown", "00:40:00 Resolved critical McpIntegrationDown"];
        Assert.Equal(night, scenario.Told("telegram"));
        Assert.Equal(night, scenario.Told("slack"));
        Assert.Single(scenario.Manager.ListIncidents());
    }

    [Fact]
    public void A_cause_that_comes_to_light_after_its_consequence_was_told_is_no_further_message()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert errors = scenario.Fire("McpIntegrationErrors", AlertSeverity.Critical, "1c");
        scenario.At("10:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("40:00").Resolve(down);
        scenario.At("48:00").Resolve(errors);
        scenario.At("3:00:00");

        Assert.Equal(["00:00:05 First critical McpIntegrationErrors", "00:48:00 Resolved critical McpIntegrationDown+McpIntegrationErrors"], scenario.Told("telegram").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_consequence_waits_a_minute_while_a_cause_is_pending_and_is_told_if_that_comes_to_nothing()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Pend("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");

        scenario.At("30:00");

        Assert.Equal(["00:01:00 First high McpToolFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_consequence_that_goes_on_long_after_its_cause_has_ended_is_told()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        ActiveAlert tool = scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");
        scenario.At("06:00").Resolve(down);

        scenario.At("1:00:00").Resolve(tool);
        scenario.At("3:00:00");

        Assert.Equal(
            [
                "00:00:05 First critical McpIntegrationDown", "00:06:00 Resolved critical McpIntegrationDown", "00:36:00 First high McpToolFailing", "01:00:00 Resolved high McpToolFailing",
            ],
            scenario.Told("telegram"));
    }

    [Fact]
    public void A_consequence_stays_muted_while_one_of_two_causes_goes_on()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert down = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        ActiveAlert breaker = scenario.Fire("McpCircuitBreakerOpen", AlertSeverity.High, "1c");
        scenario.Fire("McpRetriesHigh", AlertSeverity.Medium, "1c");
        scenario.At("06:00").Resolve(down);
        scenario.At("20:00");

        Assert.DoesNotContain(scenario.Told("telegram"), line => line.Contains("McpRetriesHigh", StringComparison.Ordinal));
        Assert.True(scenario.Manager.List(state: AlertState.Firing).Single(alert => alert.Name == "McpRetriesHigh").IsInhibited);
        Assert.Equal(AlertState.Firing, breaker.State);
    }

    [Theory]
    [InlineData("McpToolFailing", AlertSeverity.High, "crm", "get_contact")] // another dependency
    [InlineData("McpToolFailing", AlertSeverity.High, null, "get_weather")] // its errors name none
    [InlineData("McpAuthBroken", AlertSeverity.Critical, null, null)] // no consequence of anything
    public void What_an_outage_does_not_explain_is_told(string rule, AlertSeverity severity, string? dependency, string? operation)
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire(rule, severity, dependency, operation);

        scenario.At("01:00");

        Assert.Contains(scenario.Told("telegram"), line => line.EndsWith(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("McpErrorRatioHigh")]
    [InlineData("McpLatencyBurn")]
    [InlineData("McpSlowOperations")]
    public void What_is_about_the_whole_service_is_explained_by_any_outage(string rule)
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpDatabaseErrors", AlertSeverity.High, "orders_db");
        scenario.Fire(rule, AlertSeverity.Medium);

        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First high McpDatabaseErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void Nothing_mutes_what_is_more_severe()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpDatabaseErrors", AlertSeverity.High, "orders_db");
        scenario.Fire("McpAvailabilityBurn", AlertSeverity.Critical);

        scenario.At("00:45");

        Assert.Equal(["00:00:05 First critical McpAvailabilityBurn", "00:00:30 First high McpDatabaseErrors"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_silenced_cause_still_mutes_its_consequences()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Silence("alertname=\"McpIntegrationDown\"", TimeSpan.FromHours(1));
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");

        scenario.At("55:00");

        Assert.Empty(scenario.Told());
        Assert.Empty(scenario.Manager.ListIncidents());
    }
}
