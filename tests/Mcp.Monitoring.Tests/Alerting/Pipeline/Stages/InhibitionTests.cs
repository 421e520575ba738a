using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

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
    public void A_lesser_consequence_waits_a_minute_while_a_cause_is_pending_and_is_told_if_that_comes_to_nothing()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Pend("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpRetriesHigh", AlertSeverity.Medium, "1c");

        scenario.At("30:00");

        Assert.Equal(["00:01:00 First medium McpIntegrationDown+McpRetriesHigh"], scenario.Told("telegram"));
    }

    [Fact]
    public void An_urgent_consequence_is_told_at_once_by_the_name_of_the_cause_that_is_pending()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert down = scenario.Pend("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpToolFailing", AlertSeverity.High, "1c", "get_order");

        scenario.At("30:00");

        Assert.Equal(["00:00:30 First high McpIntegrationDown+McpToolFailing"], scenario.Told("telegram"));
        Assert.StartsWith("🟠 high · 1c: integration down · orders-mcp — McpIntegrationDown of 1c, ", scenario.LastMessage.Text, StringComparison.Ordinal);
        Assert.Equal(AlertState.Pending, down.State);
    }

    [Theory]
    [InlineData("McpAvailabilityBurn", AlertSeverity.Critical)]
    [InlineData("McpBudgetSlowBurn", AlertSeverity.Medium)]
    [InlineData("McpErrorRatioHigh", AlertSeverity.Medium)]
    [InlineData("McpErrorTargetMissed", AlertSeverity.Low)]
    [InlineData("McpServerFailing", AlertSeverity.Critical)]
    public void What_counts_the_errors_of_all_is_told_only_while_nothing_more_specific_explains_half_of_them(string rule, AlertSeverity severity)
    {
        double share = 0.49;
        var scenario = new AlertScenario(new AlertOptions { Routes = { new AlertRouteOptions { Channels = ["telegram"] } } }, "telegram");
        scenario.Pipeline.ExplainedShare = (_, _) => share;
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        ActiveAlert all = scenario.Fire(rule, severity);
        scenario.At("05:00");
        Assert.Contains(scenario.Told("telegram"), line => line.Contains(rule, StringComparison.Ordinal));
        Assert.False(scenario.Manager.List(state: AlertState.Firing).Single(alert => alert.Name == rule).IsInhibited);

        share = 0.5;
        scenario.At("07:00");

        Assert.True(scenario.Manager.List(state: AlertState.Firing).Single(alert => alert.Name == rule).IsInhibited);
        Assert.Equal(AlertState.Firing, all.State);
    }

    [Theory]
    [InlineData("McpIntegrationDown", "1c", null)]
    [InlineData("McpToolFailing", null, "get_order")]
    [InlineData("McpServerFailing", null, null)]
    public void A_budget_is_never_told_beside_what_a_person_can_act_on_however_severe_it_is(string rule, string? dependency, string? operation)
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpAvailabilityBurn", AlertSeverity.Critical);
        scenario.Fire(rule, AlertSeverity.High, dependency, operation);

        scenario.At("1:00:00");

        Assert.Equal([$"00:00:30 First high {rule}"], scenario.Told("telegram"));
    }

    [Fact]
    public void An_outage_of_everything_mutes_that_of_each_and_what_fails_on_after_it_is_told()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert all = scenario.Fire("McpServerFailing", AlertSeverity.Critical);
        ActiveAlert tool = scenario.Fire("McpToolFailing", AlertSeverity.Critical, operation: "get_order");
        ActiveAlert other = scenario.Fire("McpToolFailing", AlertSeverity.Critical, operation: "get_stock");
        scenario.At("05:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));
        scenario.At("10:00").Resolve(all);
        scenario.At("12:00");
        tool.LastFailureAt = scenario.Clock.Now;
        scenario.Quiet(tool, isQuiet: false);
        scenario.At("13:00").Resolve(other);
        scenario.At("14:00");

        Assert.Equal(
            ["00:00:05 First critical McpServerFailing", "00:10:00 Resolved critical McpServerFailing", "00:12:00 First critical McpToolFailing"],
            scenario.Told("telegram"));
    }

    [Fact]
    public void An_unhealthy_health_check_explains_the_requests_that_fail_and_nothing_else()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire(scenario.Make("McpHealthUnhealthy", AlertSeverity.High, isStandalone: true));
        scenario.Fire(scenario.Make("McpHttpErrors", AlertSeverity.High, isStandalone: true));
        scenario.Fire(scenario.Make("McpThreadPoolStarved", AlertSeverity.High, isStandalone: true));

        scenario.At("02:00");

        Assert.Equal(["00:00:30 First high McpHealthUnhealthy", "00:00:30 First high McpThreadPoolStarved"], scenario.Told("telegram"));
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

    [Fact]
    public void An_unhealthy_health_check_does_not_explain_the_errors_of_operations()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire(scenario.Make("McpHealthUnhealthy", AlertSeverity.High, isStandalone: true));
        scenario.Fire("McpErrorRatioHigh", AlertSeverity.Medium);

        scenario.At("02:00");

        Assert.Equal(["00:00:30 First high McpHealthUnhealthy", "00:00:30 First medium McpErrorRatioHigh"], scenario.Told("telegram"));
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
    public void Nothing_mutes_what_is_more_severe_but_budgets_and_ratios()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpDatabaseErrors", AlertSeverity.High, "orders_db");
        scenario.Fire("McpToolFailing", AlertSeverity.Critical, "orders_db", "get_order");
        scenario.Fire("McpAvailabilityBurn", AlertSeverity.Critical);

        scenario.At("00:45");

        Assert.Equal(["00:00:05 First critical McpDatabaseErrors+McpToolFailing"], scenario.Told("telegram"));
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
