using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Pipeline;
using Mcp.Monitoring.Tests.Alerting.Rules.World;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>Each host has its language, and follows a reload.</summary>
public class LanguageOfHostTests
{
    [Fact]
    public void What_is_written_after_a_reload_is_in_the_new_language()
    {
        var scenario = new AlertScenario("slack");
        ActiveAlert alert = scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        scenario.At("01:00");
        scenario.Options.Language = AlertLanguage.Ru;
        scenario.Pipeline.Reload(new AlertSettings(scenario.Options));

        scenario.At("05:00").Resolve(alert);

        Assert.StartsWith("🟠 high · ", scenario.Delivered[0].Notification.Text, StringComparison.Ordinal);
        Assert.StartsWith("🟢 решено · ", scenario.Delivered[1].Notification.Text, StringComparison.Ordinal);
        Assert.Equal("решено · get_order", scenario.Delivered[1].Notification.Heading);
        Assert.Equal("v1.4.2, работает 5 мин.", scenario.Delivered[1].Notification.Footer);
    }

    [Fact]
    public void Running_server_speaks_the_new_language_from_the_rule_to_the_channel()
    {
        using var night = new Night(begin: 2, channels: ["slack", "email"]);
        void Call(bool isDown) => night.Integration("1c", isDown ? "timeout" : "success", 0.1);
        night.Minutes(10, Night.Evenly(600, _ => Call(isDown: false)));
        night.Minutes(3, Night.Evenly(600, _ => Call(isDown: true)));
        night.Reload(options => options.Language = AlertLanguage.Ru);
        night.Minutes(10, Night.Evenly(600, _ => Call(isDown: false)));
        night.Channels["email"].Forbid("no");
        night.Minutes(3, Night.Evenly(600, _ => Call(isDown: true)));

        Assert.Collection(
            night.Told("slack"),
            first => Assert.Contains("🔴 critical · 1c down · ", first, StringComparison.Ordinal),
            end => Assert.Contains("🟢 решено · 1c · ", end, StringComparison.Ordinal),
            again => Assert.Matches(@"🔴 критично · 1c не работает · orders-mcp — \d+ из \d+ вызовов завершились ошибкой за \d мин, с 02:23 МСК\. Ошибки: таймаут \d+\. Последний успех 02:22:", again),
            dead => Assert.Contains("🟠 важно · канал email не работает · ", dead, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_hosts_of_a_process_have_a_language_each()
    {
        AlertScenario one = new(new AlertOptions { Language = AlertLanguage.Ru }, "slack"), other = new("slack");
        one.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        other.Fire("McpToolFailing", AlertSeverity.High, operation: "get_order");
        one.At("01:00");
        other.At("01:00");

        Assert.StartsWith("🟠 важно · ", one.LastMessage.Text, StringComparison.Ordinal);
        Assert.StartsWith("🟠 high · ", other.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Alert_that_goes_on_is_described_in_the_new_language_and_keeps_its_labels()
    {
        var world = new RuleWorld();
        world.Minutes(20);
        world.Minutes(5, 12, () => world.Integration("1c", "timeout"));
        ActiveAlert alert = world.Firing("McpIntegrationDown");
        string before = alert.Describe!().Title;
        string[] labels = [.. alert.Labels.Select(label => $"{label.Key}={label.Value}")];

        world.Texts = AlertTexts.In(AlertLanguage.Ru);

        Assert.Equal(("1c down", "1c не работает"), (before, alert.Describe().Title));
        Assert.Equal(labels, alert.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Contains("Ошибки: таймаут 60.", alert.Describe().Facts);
    }

    [Fact]
    public void Summary_of_the_user_stays_as_it_was_written_with_numbers_of_the_language()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = "McpSlowQueries", Summary = "Base {dependency} is slow: {value} of {threshold}" }]) { Texts = AlertTexts.In(AlertLanguage.Ru) };

        world.Minutes(12, 10, () => world.Query("orders_db", seconds: 0.6));

        Assert.Equal("Base orders_db is slow: 0,97 of 0,5", world.Said("McpSlowQueries").Summary);
    }
}
