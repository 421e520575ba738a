using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

public class WebhookPartsTests
{
    [Fact]
    public void Every_line_is_whole_whatever_its_place()
    {
        string[] facts = [.. Enumerable.Range(1, 10).Select(static i => $"{i}: {new string('x', 200)}.")];
        var notification = new AlertNotification
        {
            Id = "1",
            Kind = NotificationKind.First,
            Severity = AlertSeverity.Critical,
            Group = "1c",
            Title = "1c down",
            Service = "orders-mcp",
            Summary = "14 of 14 calls failed in 5 min",
            Mark = "🔴",
            Heading = "critical · 1c down",
            Body = "14 of 14 calls failed in 5 min, since 03:00 MSK",
            Facts = facts,
            Incident = 7,
            Text = "critical · 1c down",
        };

        IReadOnlyList<string> lines = WebhookParts.Of(notification, AlertTexts.In(AlertLanguage.En)).Lines;

        Assert.Equal(["14 of 14 calls failed in 5 min, since 03:00 MSK", .. facts, "Incident 7"], lines);
    }
}
