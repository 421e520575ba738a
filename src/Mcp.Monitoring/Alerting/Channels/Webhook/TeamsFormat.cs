using System.Text.Json;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>
/// A workflow of Microsoft Teams ("when a Teams webhook request is received"): an Adaptive Card (https://adaptivecards.io/explorer/) in a message. All text stands in text
/// runs, which know no Markdown: nothing in it becomes a link or a mention.
/// </summary>
internal sealed class TeamsFormat : IWebhookFormat
{
    // The limit is 28 kB for the whole message.
    private const int Most = 27_000, Frame = 600, Block = 120;
    private const int LongestHead = 1_000;

    public string Remedy => "Look at url: the workflow may be gone, switched off, or without its owner. Make it anew and copy its address.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        byte[] body = WebhookJson.Write(json =>
        {
            json.WriteString("type", "message");
            json.WriteArray("attachments", () => json.WriteItem(() =>
            {
                json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
                json.WriteNull("contentUrl");
                json.WriteObject("content", () => WriteCard(json, notification, parts, texts));
            }));
        });
        return new WebhookCall(new Uri(options.Address!), body);
    }

    private static void WriteCard(Utf8JsonWriter json, AlertNotification notification, WebhookParts parts, AlertTexts texts)
    {
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        string head = WebhookLines.Cut(parts.Head, LongestHead, Size), footer = WebhookLines.Cut(parts.Footer, LongestHead, Size);
        int room = Most - Frame - Size(head) - Size(footer) - parts.Links.Sum(static link => Size(link.Key) + Size(link.Value));
        json.WriteArray("body", () =>
        {
            WriteText(json, head, run =>
            {
                run.WriteString("weight", "Bolder");
                run.WriteString("size", "Medium");
                run.WriteString("color", ColourOf(notification));
            });
            foreach (string line in WebhookLines.Fit(parts.Lines, room, Size, texts))
            {
                WriteText(json, line, static _ => { });
            }

            if (footer.Length > 0)
            {
                WriteText(json, footer, static run =>
                {
                    run.WriteString("size", "Small");
                    run.WriteBoolean("isSubtle", value: true);
                });
            }
        });
        json.WriteArray("actions", () =>
        {
            foreach ((string label, string address) in parts.Links)
            {
                json.WriteItem(() =>
                {
                    json.WriteString("type", "Action.OpenUrl");
                    json.WriteString("title", label);
                    json.WriteString("url", address);
                });
            }
        });
        json.WriteObject("msteams", () => json.WriteString("width", "Full"));
    }

    private static void WriteText(Utf8JsonWriter json, string text, Action<Utf8JsonWriter> style) => json.WriteItem(() =>
    {
        json.WriteString("type", "RichTextBlock");
        json.WriteArray("inlines", () => json.WriteItem(() =>
        {
            json.WriteString("type", "TextRun");
            json.WriteString("text", text);
            style(json);
        }));
    });

    // As it stands in the JSON, with the block around it.
    private static int Size(string text) => JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length + Block;

    private static string ColourOf(AlertNotification notification) => WebhookParts.IsEnd(notification) ? "Good" : notification.Severity switch
    {
        AlertSeverity.Critical or AlertSeverity.High => "Attention",
        AlertSeverity.Medium => "Warning",
        _ => "Default",
    };
}
