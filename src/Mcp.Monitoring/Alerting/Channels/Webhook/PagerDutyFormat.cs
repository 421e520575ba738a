using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>PagerDuty's Events API, version 2 (https://developer.pagerduty.com/docs/send-alert-event): one incident for a group, ended with it.</summary>
internal sealed class PagerDutyFormat : IWebhookFormat
{
    private const int LongestSummary = 1_024, LongestKey = 255, LongestText = 255, MostDetails = 20_000;

    public string? DefaultAddress => "https://events.pagerduty.com/v2/enqueue";

    public string Remedy => "Look at token: it is the integration key of an Events API V2 integration.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        byte[] body = WebhookJson.Write(json =>
        {
            json.WriteString("routing_key", options.Token);
            json.WriteString("event_action", WebhookParts.IsEnd(notification) ? "resolve" : "trigger");
            json.WriteString("dedup_key", WebhookKey.Of(notification.Group, LongestKey));
            json.WriteObject("payload", () =>
            {
                string summary = parts.Lines.Count == 0 ? parts.Head : $"{parts.Head} — {parts.Lines[0]}";
                json.WriteString("summary", WebhookLines.Cut(summary, LongestSummary, static text => text.Length));
                json.WriteString("source", Text(notification.Service));
                json.WriteString("severity", SeverityOf(notification.Severity));
                if (notification.StartedAt is { } start)
                {
                    json.WriteString("timestamp", WebhookJson.Time(start));
                }

                json.WriteString("component", Text(notification.Service));
                json.WriteString("group", Text(notification.Group));
                json.WriteString("class", notification.Alerts.Count > 0 ? Text(notification.Alerts[0].Name) : notification.Kind.ToString());
                json.WriteObject("custom_details", () =>
                {
                    json.WriteString("message", string.Join('\n', WebhookLines.Fit(parts.Lines, MostDetails, static text => text.Length, texts)));
                    json.WriteString("about", parts.Footer);
                    json.WriteNumber("alerts", notification.AlertCount);
                });
            });
            json.WriteString("client", Text(notification.Service));
            if (WebhookParts.LinkOf(notification.Page) is { } page)
            {
                json.WriteString("client_url", page);
            }

            json.WriteArray("links", () =>
            {
                foreach ((string label, string address) in parts.Links)
                {
                    json.WriteItem(() =>
                    {
                        json.WriteString("href", address);
                        json.WriteString("text", label);
                    });
                }
            });
        });
        return new WebhookCall(new Uri(options.Address!), body);
    }


    private static string Text(string text) => WebhookParts.Clean(text, LongestText) is { Length: > 0 } clean ? clean : "-";

    private static string SeverityOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "critical",
        AlertSeverity.High => "error",
        AlertSeverity.Medium => "warning",
        _ => "info",
    };
}
