using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Where a message goes.</summary>
internal sealed record SlackTarget
{
    /// <summary>Gets the channel; <see langword="null"/> for that of the webhook.</summary>
    public string? Channel { get; init; }

    /// <summary>Gets the first message of the thread that it goes into.</summary>
    public string? Thread { get; init; }

    /// <summary>Gets whether those see it who do not follow the thread.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Gets the message that it replaces.</summary>
    public string? Replaced { get; init; }

    /// <summary>Gets whether it goes to a webhook, which knows fewer arguments.</summary>
    public bool IsWebhook { get; init; }
}

/// <summary>Writes a message as the JSON of Slack's API. Nothing in it is taken for markup: its texts are plain, and escaped all the same.</summary>
internal static class SlackPayload
{
    // What is not ASCII stays readable; nothing of this is ever HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(SlackMessage message, SlackTarget target, bool asText = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteTarget(json, target);
            json.WriteString("text", message.Text);
            if (target.Replaced is null)
            {
                json.WriteBoolean("mrkdwn", false);
                json.WriteBoolean("unfurl_links", false);
                json.WriteBoolean("unfurl_media", false);
            }

            json.WriteBoolean("link_names", false);
            if (!target.IsWebhook)
            {
                json.WriteString("parse", "none");
            }

            if (!asText)
            {
                WriteBlocks(json, message);
            }
            else if (target.Replaced is not null)
            {
                // What is not said about a message that is there stays as it is.
                json.WriteStartArray("blocks");
                json.WriteEndArray();
                json.WriteStartArray("attachments");
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTarget(Utf8JsonWriter json, SlackTarget target)
    {
        if (target.Channel is not null)
        {
            json.WriteString("channel", target.Channel);
        }

        if (target.Replaced is not null)
        {
            json.WriteString("ts", target.Replaced);
        }

        if (target.Thread is not null)
        {
            json.WriteString("thread_ts", target.Thread);
            if (target.IsBroadcast)
            {
                json.WriteBoolean("reply_broadcast", true);
            }
        }
    }

    // Beside blocks outside of attachments the text is not shown a second time; only attachments have a colour.
    private static void WriteBlocks(Utf8JsonWriter json, SlackMessage message)
    {
        json.WriteStartArray("blocks");
        WriteTextBlock(json, "header", message.Header);
        json.WriteEndArray();
        if (message is { Sections.Count: 0, Context.Count: 0, Links.Count: 0 })
        {
            return;
        }

        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("color", message.Colour);
        json.WriteStartArray("blocks");
        foreach (string section in message.Sections)
        {
            WriteTextBlock(json, "section", section);
        }

        if (message.Context.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "context");
            json.WriteStartArray("elements");
            foreach (string text in message.Context)
            {
                WriteText(json, text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        WriteLinks(json, message.Links);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<SlackLink> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "actions");
        json.WriteStartArray("elements");
        foreach (SlackLink link in links)
        {
            json.WriteStartObject();
            json.WriteString("type", "button");
            json.WritePropertyName("text");
            WriteText(json, link.Label);
            json.WriteString("url", link.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTextBlock(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WritePropertyName("text");
        WriteText(json, text);
        json.WriteEndObject();
    }

    // Without emoji, ":boom:" in a name stays what it is.
    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "plain_text");
        json.WriteString("text", text);
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
    }
}
