using System.Text;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>ntfy, published as JSON (https://docs.ntfy.sh/publish/#publish-as-json): to the root of the server, with the topic in the body.</summary>
internal sealed class NtfyFormat : IWebhookFormat
{
    // A longer message arrives as a file.
    private const int MostBytes = 4_096;
    private const int MostTitleBytes = 250;
    private const int MostActions = 3;

    public string Remedy => "Look at url (server and topic) and token: it must be allowed to write to the topic.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        var address = new Uri(options.Address!);
        string path = address.AbsolutePath.TrimEnd('/');
        int slash = path.LastIndexOf('/');
        string[] lines = [.. parts.Lines.Count == 0 ? [parts.Head] : parts.Lines, .. parts.Footer.Length > 0 ? [parts.Footer] : Array.Empty<string>()];
        byte[] body = WebhookJson.Write(json =>
        {
            json.WriteString("topic", path[(slash + 1)..]);
            json.WriteString("title", WebhookLines.Cut(parts.Head, MostTitleBytes, Encoding.UTF8.GetByteCount));
            json.WriteString("message", string.Join('\n', WebhookLines.Fit(lines, MostBytes, Encoding.UTF8.GetByteCount, texts)));
            json.WriteNumber("priority", PriorityOf(notification));
            json.WriteArray("tags", () => json.WriteStringValue(notification.Severity.Label()));
            json.WriteArray("actions", () =>
            {
                foreach ((string label, string link) in parts.Links.Take(MostActions))
                {
                    json.WriteItem(() =>
                    {
                        json.WriteString("action", "view");
                        json.WriteString("label", label);
                        json.WriteString("url", link);
                    });
                }
            });
        });
        return new WebhookCall(new UriBuilder(address) { Path = path[..(slash + 1)] }.Uri, body) { Authorization = options.Token is { } token ? $"Bearer {token}" : null };
    }

    // 2 makes no sound, 5 rings until somebody looks.
    private static int PriorityOf(AlertNotification notification) => notification.IsSilent ? 2 : notification.Severity switch
    {
        AlertSeverity.Critical => 5,
        AlertSeverity.High => 4,
        AlertSeverity.Medium => 3,
        _ => 2,
    };
}
