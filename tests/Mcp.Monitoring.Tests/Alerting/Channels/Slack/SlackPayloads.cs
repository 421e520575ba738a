using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>Reads payloads as Slack does.</summary>
internal static class SlackPayloads
{
    public static SlackTarget Bot { get; } = new() { Channel = "#oncall" };

    public static JsonElement Of(AlertNotification notification, AlertLanguage language = AlertLanguage.En, SlackTarget? target = null, bool asText = false)
    {
        byte[] json = SlackPayload.Of(SlackEncoder.Of(notification, AlertTexts.In(language)), target ?? Bot, asText);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>All blocks, wherever they are.</summary>
    public static IEnumerable<JsonElement> Blocks(JsonElement payload) =>
    [
        .. payload.TryGetProperty("blocks", out JsonElement blocks) ? blocks.EnumerateArray() : [],
        .. payload.TryGetProperty("attachments", out JsonElement attachments) ? attachments.EnumerateArray().SelectMany(attachment => attachment.GetProperty("blocks").EnumerateArray()) : [],
    ];

    /// <summary>All objects of text.</summary>
    public static IEnumerable<JsonElement> TextObjects(JsonElement payload) => Blocks(payload).SelectMany(TextObjectsOf);

    /// <summary>What people read, a line each.</summary>
    public static IEnumerable<string> Shown(JsonElement payload) => TextObjects(payload).SelectMany(text => Unescape(text.GetProperty("text").GetString()!).Split('\n'));

    public static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    private static IEnumerable<JsonElement> TextObjectsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.GetProperty("type").GetString() is "plain_text" or "mrkdwn" => [element],
        JsonValueKind.Object => element.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array).SelectMany(property => TextObjectsOf(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TextObjectsOf),
        _ => [],
    };
}
