using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public class MessageTests
{
    [Fact]
    public void A_message_says_what_the_rules_want_in_one_line()
    {
        var scenario = new AlertScenario("telegram");
        scenario.At("6.00:00:00");
        scenario.Fire(Outage(scenario));

        scenario.At("6.00:00:10");

        Assert.Equal(
            "🔴 critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK. Tools: get_order 9, get_stock 5. Errors: timeout 11, other 3. Breaker open. "
            + "Last success 02:59:41. Incident 1. v1.4.2, up 6 d. Runbook: https://wiki/1c",
            scenario.LastMessage.Text);
    }

    [Fact]
    public void The_end_says_how_long_it_took_and_what_it_was()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = Outage(scenario);
        scenario.Fire(alert);
        scenario.At("10:00");
        scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna"));

        scenario.At("41:00").Resolve(alert);

        AlertNotification ended = scenario.LastMessage;
        Assert.Equal("🟢 resolved · 1c · orders-mcp — 03:00–03:41 MSK, 41 min. It was critical: 14 of 14 calls failed in 5 min. Incident 1. v1.4.2, up 41 min. Runbook: https://wiki/1c", ended.Text);
        Assert.Equal((1, true), (ended.Incident, ended.IsSilent));
        Assert.Equal(TimeSpan.FromMinutes(41), ended.EndedAt - ended.StartedAt);
    }

    [Fact]
    public void Facts_say_line_for_line_what_the_text_says()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire(Outage(scenario));
        scenario.At("01:00");

        AlertNotification first = scenario.LastMessage;

        Assert.EndsWith($"{string.Join(' ', first.Facts)} Incident 1. {first.Footer} Runbook: {first.Runbook}", first.Text, StringComparison.Ordinal);
        Assert.Equal(("1c down", "orders-mcp", "14 of 14 calls failed in 5 min", "https://wiki/1c"), (first.Title, first.Service, first.Summary, first.Runbook));
    }

    [Fact]
    public void What_an_exception_or_a_client_wrote_stays_one_bounded_line_without_secrets()
    {
        var scenario = new AlertScenario("telegram");
        _ = scenario.Manager.RaiseIntegrationAsync("1c", "get_order", $"<!channel>\r\nBcc: x \u202Eevil\u0007 password=hunter2 {new string('я', 5_000)}");
        scenario.Step();

        scenario.At("01:00");

        AlertNotification message = scenario.LastMessage;
        Assert.InRange(message.Text.Length, 100, 2_000);
        Assert.DoesNotContain(message.Text, character => char.IsControl(character) || character == '\u202E');
        Assert.Contains("<!channel> Bcc: x evil", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_began_yesterday_says_the_day()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpHttpErrors", AlertSeverity.High);

        scenario.At("1.04:00:40");

        Assert.StartsWith("🟠 high · http errors · orders-mcp — still: McpHttpErrors of the service, since 24 Nov 03:00 MSK, 1 d 4 h.", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_announcement_is_told_to_those_whom_its_severity_concerns()
    {
        var scenario = new AlertScenario("telegram", "slack", "log");
        scenario.Pipeline.Announce("other tools than before", "tools: −get_order", AlertSeverity.Medium);
        scenario.Step();

        scenario.At("01:00");

        Assert.Equal(
            ["00:00:00 log Announcement medium tools: −get_order", "00:00:00 telegram Announcement medium tools: −get_order"],
            scenario.Told().Order(StringComparer.Ordinal));
        Assert.Equal("🔵 medium · other tools than before · orders-mcp — tools: −get_order. v1.4.2, up 0 s.", scenario.LastMessage.Text);
    }

    private static ActiveAlert Outage(AlertScenario scenario) =>
        new("McpIntegrationDown", new AlertLabels([new("alertname", "McpIntegrationDown"), new("mcp_service", "orders-mcp"), new("dependency", "1c")]))
        {
            Severity = AlertSeverity.Critical,
            StartedAt = scenario.Clock.Now,
            PendingSince = scenario.Clock.Now,
            Describe = () => new AlertDescription(
                "14 of 14 calls failed in 5 min",
                ["Tools: get_order 9, get_stock 5.", "Errors: timeout 11, other 3.", "Breaker open.", "Last success 02:59:41."],
                "https://wiki/1c",
                "1c down"),
        };
}
