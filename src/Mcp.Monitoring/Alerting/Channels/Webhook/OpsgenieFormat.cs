using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>Opsgenie's alert API (https://docs.opsgenie.com/docs/alert-api): one alert for a group, found by its alias and closed with it; what is no alert is one that is closed at once.</summary>
internal sealed class OpsgenieFormat : IWebhookFormat
{
    private const int LongestMessage = 130, LongestAlias = 512, LongestDescription = 15_000, LongestNote = 25_000, LongestSource = 100, LongestEntity = 512, LongestTag = 50, LongestDetail = 500;

    public string? DefaultAddress => "https://api.opsgenie.com/v2/alerts";

    public string Remedy => "Look at token: it is the key of an API integration that may create alerts; in the EU url is https://api.eu.opsgenie.com/v2/alerts.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        string alias = WebhookKey.Of(notification.Group, LongestAlias);
        var close = new WebhookCall(AddressOf(options.Address!, alias), Close(notification, parts, texts)) { Authorization = $"GenieKey {options.Token}", IsEnd = true };
        return WebhookParts.IsEnd(notification) ? close : new WebhookCall(AddressOf(options.Address!, alias: null), Create(notification, parts, alias, texts))
        {
            Authorization = close.Authorization,

            // Opsgenie has nothing but alerts.
            Then = WebhookParts.IsOfAlerts(notification) ? null : close,
        };
    }

    private static Uri AddressOf(string address, string? alias)
    {
        var url = new UriBuilder(address);
        if (alias is not null)
        {
            url.Path = $"{url.Path.TrimEnd('/')}/{Uri.EscapeDataString(alias)}/close";
            url.Query = "identifierType=alias";
        }

        return url.Uri;
    }

    private static byte[] Create(AlertNotification notification, WebhookParts parts, string alias, AlertTexts texts) => WebhookJson.Write(json =>
    {
        string[] links = [.. parts.Links.Select(static link => $"{link.Key}: {link.Value}")];
        string message = WebhookLines.Cut(parts.Head, LongestMessage, Length);
        string[] lines = [.. message == parts.Head && parts.Lines.Count > 0 ? Array.Empty<string>() : [parts.Head], .. parts.Lines, .. parts.Footer.Length > 0 ? [parts.Footer] : Array.Empty<string>()];
        json.WriteString("message", message);
        json.WriteString("alias", alias);
        json.WriteString("description", string.Join('\n', WebhookLines.Fit(lines, LongestDescription - links.Sum(static link => link.Length + 1), Length, texts).Concat(links)));
        json.WriteArray("tags", () =>
        {
            json.WriteStringValue(notification.Severity.Label());
            json.WriteStringValue(Text(notification.Service, LongestTag));
        });
        json.WriteObject("details", () =>
        {
            json.WriteString("service", Text(notification.Service, LongestDetail));
            json.WriteString("alerts", notification.AlertCount.ToString(CultureInfo.InvariantCulture));
            json.WriteString("notification", notification.Id);
            if (notification.Incident is { } incident)
            {
                json.WriteString("incident", incident.ToString(CultureInfo.InvariantCulture));
            }
        });
        json.WriteString("entity", Text(WebhookParts.ThingOf(notification), LongestEntity));
        json.WriteString("source", Text(notification.Service, LongestSource));
        json.WriteString("priority", notification.Severity switch
        {
            AlertSeverity.Critical => "P1",
            AlertSeverity.High => "P2",
            AlertSeverity.Medium => "P3",
            _ => "P5",
        });
    });

    private static byte[] Close(AlertNotification notification, WebhookParts parts, AlertTexts texts) => WebhookJson.Write(json =>
    {
        json.WriteString("source", Text(notification.Service, LongestSource));
        json.WriteString("note", string.Join('\n', WebhookLines.Fit([parts.Head, .. parts.Lines], LongestNote, Length, texts)));
    });

    private static int Length(string text) => text.Length;

    private static string Text(string text, int longest) => WebhookParts.Clean(text, longest) is { Length: > 0 } clean ? clean : "-";
}
