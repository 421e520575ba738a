using System.Text.Json;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>PagerDuty's Events API, version 2 (https://developer.pagerduty.com/docs/send-alert-event): one incident for a group, ended with it; what is no alert is a change event.</summary>
internal sealed class PagerDutyFormat : IWebhookFormat
{
    private const string Alerts = "/enqueue", Changes = "/change/enqueue";
    private const int LongestSummary = 1_024, LongestKey = 255, LongestText = 255, MostDetails = 20_000;

    public string? DefaultAddress => "https://events.pagerduty.com/v2/enqueue";

    public string Remedy => "Look at token: it is the integration key of an Events API V2 integration.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        return WebhookParts.IsOfAlerts(notification)
            ? new WebhookCall(new Uri(options.Address!), Alert(notification, parts, options, texts))
            : new WebhookCall(ChangesOf(options.Address!), Change(notification, parts, options, texts));
    }

    private static byte[] Alert(AlertNotification notification, WebhookParts parts, WebhookChannelOptions options, AlertTexts texts) => WebhookJson.Write(json =>
    {
        json.WriteString("routing_key", options.Token);
        json.WriteString("event_action", WebhookParts.IsEnd(notification) ? "resolve" : "trigger");
        json.WriteString("dedup_key", WebhookKey.Of(notification.Group, LongestKey));
        json.WriteObject("payload", () =>
        {
            WriteWhat(json, notification, parts);
            json.WriteString("severity", SeverityOf(notification.Severity));
            json.WriteString("component", Text(WebhookParts.ThingOf(notification)));
            json.WriteString("group", Text(notification.Service));
            json.WriteString("class", notification.Alerts.Count > 0 ? Text(notification.Alerts[0].Name) : notification.Kind.ToString());
            WriteDetails(json, notification, parts, texts);
        });
        json.WriteString("client", Text(notification.Service));
        if (WebhookParts.LinkOf(notification.Page) is { } page)
        {
            json.WriteString("client_url", page);
        }

        WriteLinks(json, parts);
    });

    // https://developer.pagerduty.com/docs/send-change-event: shown beside the service's incidents; it opens none and calls nobody.
    private static byte[] Change(AlertNotification notification, WebhookParts parts, WebhookChannelOptions options, AlertTexts texts) => WebhookJson.Write(json =>
    {
        json.WriteString("routing_key", options.Token);
        json.WriteObject("payload", () =>
        {
            WriteWhat(json, notification, parts);
            WriteDetails(json, notification, parts, texts);
        });
        WriteLinks(json, parts);
    });

    // At another address stands a receiver of one's own, which tells the two by their members.
    private static Uri ChangesOf(string address)
    {
        var url = new UriBuilder(address);
        if (url.Path.EndsWith(Alerts, StringComparison.Ordinal))
        {
            url.Path = url.Path[..^Alerts.Length] + Changes;
        }

        return url.Uri;
    }

    private static void WriteWhat(Utf8JsonWriter json, AlertNotification notification, WebhookParts parts)
    {
        string summary = parts.Lines.Count == 0 ? parts.Head : $"{parts.Head} — {parts.Lines[0]}";
        json.WriteString("summary", WebhookLines.Cut(summary, LongestSummary, static text => text.Length));
        json.WriteString("source", Text(notification.Service));
        if ((notification.EndedAt ?? notification.StartedAt) is { } time)
        {
            json.WriteString("timestamp", WebhookJson.Time(time));
        }
    }

    private static void WriteDetails(Utf8JsonWriter json, AlertNotification notification, WebhookParts parts, AlertTexts texts) => json.WriteObject("custom_details", () =>
    {
        json.WriteString("message", string.Join('\n', WebhookLines.Fit(parts.Lines, MostDetails, static text => text.Length, texts)));
        json.WriteString("about", parts.Footer);
        json.WriteNumber("alerts", notification.AlertCount);
    });

    private static void WriteLinks(Utf8JsonWriter json, WebhookParts parts) => json.WriteArray("links", () =>
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

    private static string Text(string text) => WebhookParts.Clean(text, LongestText) is { Length: > 0 } clean ? clean : "-";

    private static string SeverityOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "critical",
        AlertSeverity.High => "error",
        AlertSeverity.Medium => "warning",
        _ => "info",
    };
}
