using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

/// <summary>Which alerts are one outage, and what it is called by.</summary>
public class SharedCauseTests
{
    [Fact]
    public void Tools_that_begin_to_fail_alike_within_two_minutes_are_one_message_that_names_them_and_the_type_of_their_errors()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert order = Fails(scenario, "get_order", "integration");
        scenario.At("00:20");
        ActiveAlert stock = Fails(scenario, "get_stock", "integration");
        scenario.At("10:00").Resolve(order);
        scenario.Resolve(stock);
        scenario.At("3:00:00");

        Assert.Equal(["00:00:30 First high McpToolFailing", "00:10:00 Resolved high McpToolFailing"], scenario.Told("telegram"));
        Assert.StartsWith(
            "🟠 high · get_order, get_stock fail: integration · orders-mcp — get_order: McpToolFailing of get_order, since 03:00 MSK. Also: get_stock: tool failing (McpToolFailing of get_stock).",
            scenario.Delivered[0].Notification.Text,
            StringComparison.Ordinal);
        Assert.StartsWith("🟢 resolved · get_order, get_stock fail: integration · orders-mcp — 03:00–03:10 MSK, 10 min.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_tools_are_named_up_to_three()
    {
        var scenario = new AlertScenario("telegram");
        foreach (int tool in Enumerable.Range(1, 5))
        {
            Fails(scenario, $"tool_{tool}", "timeout");
        }

        scenario.At("01:00");

        Assert.Equal("tool_1, tool_2, tool_3 and 2 more fail: timeout", scenario.LastMessage.Title);
    }

    [Theory]
    [InlineData("timeout", 20)] // another cause
    [InlineData("integration", 130)] // another time
    [InlineData(null, 20)] // nobody knows
    public void Tools_that_do_not_fail_alike_are_told_each_at_once(string? errorType, int secondsLater)
    {
        var scenario = new AlertScenario("telegram");
        Fails(scenario, "get_order", "integration");
        scenario.Pass(TimeSpan.FromSeconds(secondsLater));
        Fails(scenario, "get_stock", errorType);

        scenario.Pass(TimeSpan.FromSeconds(31));

        Assert.Equal(["get_order: tool failing", "get_stock: tool failing"], scenario.Delivered.Select(told => told.Notification.Title));
    }

    [Fact]
    public void A_further_tool_of_the_same_outage_is_a_detail_that_waits_for_the_interval()
    {
        var scenario = new AlertScenario("telegram");
        Fails(scenario, "get_order", "integration");
        scenario.At("01:30");
        Fails(scenario, "get_stock", "integration");

        scenario.At("20:00");

        Assert.Equal(["00:00:30 First high McpToolFailing", "00:05:30 Update high McpToolFailing"], scenario.Told("telegram"));
        Assert.StartsWith("🟠 high · get_order, get_stock fail: integration · orders-mcp — 1 more, 2 in all: ", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_that_goes_on_keeps_its_group_over_a_restart()
    {
        var scenario = new AlertScenario("telegram");
        Fails(scenario, "get_order", "integration");
        Fails(scenario, "get_stock", "integration");
        scenario.At("10:00");

        scenario.Restart(TimeSpan.FromMinutes(5));
        scenario.At("20:00");
        foreach (ActiveAlert alert in scenario.Pipeline.RestoredOfRules.ToArray())
        {
            scenario.Resolve(alert);
        }

        Assert.Equal(["00:00:30 First high McpToolFailing", "00:20:00 Resolved high McpToolFailing"], scenario.Told("telegram"));
        Assert.Contains("03:00–03:20 MSK, 20 min", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_alone_is_told_at_once_in_its_own_words_while_an_outage_goes_on_and_so_is_its_end()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("02:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));
        ActiveAlert pool = scenario.Make("McpThreadPoolStarved", AlertSeverity.High, isStandalone: true);
        ActiveAlert own = scenario.Make("orders_late", AlertSeverity.Medium, "1c", isStandalone: true);
        own.Description = new AlertDescription("7 orders are late", [], Title: "orders late");
        scenario.Fire(pool);
        scenario.Fire(own);
        scenario.At("05:00").Resolve(pool);
        scenario.Resolve(own);
        scenario.At("10:00");

        Assert.Equal(
            [
                "00:00:05 First critical McpIntegrationDown",
                "00:02:30 First high McpThreadPoolStarved",
                "00:02:30 First medium orders_late",
                "00:05:00 Resolved high McpThreadPoolStarved",
                "00:05:00 Resolved medium orders_late",
            ],
            scenario.Told("telegram"));
        Assert.StartsWith("🟡 medium · orders late · orders-mcp — 7 orders are late, since 03:02 MSK.", scenario.Delivered[2].Notification.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_begins_beside_something_worse_says_its_own_numbers_however_alerts_are_grouped()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire(scenario.Make("orders_late", AlertSeverity.Medium, isStandalone: true));

        scenario.At("01:00");

        Assert.Contains("Also: orders late (orders_late of the service).", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_urgent_alert_that_nothing_explains_does_not_wait_for_the_interval_of_its_group()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["mcp_service"] } }, "telegram");
        scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.At("01:00");
        scenario.Fire("McpAuthBroken", AlertSeverity.High);
        scenario.At("02:00");
        scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_stock");

        scenario.At("20:00");

        Assert.Equal(["00:00:30", "00:01:30", "00:06:30"], scenario.Told("telegram").Select(line => line.Split(' ')[0]));
    }

    private static ActiveAlert Fails(AlertScenario scenario, string tool, string? errorType)
    {
        ActiveAlert alert = scenario.Make("McpToolFailing", AlertSeverity.High, operation: tool);
        alert.ErrorType = errorType;
        scenario.Fire(alert);
        return alert;
    }
}
