using System.Text;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>A webhook of Discord (https://discord.com/developers/docs/resources/webhook#execute-webhook): one embed, in which nothing mentions anybody.</summary>
internal sealed class DiscordFormat : IWebhookFormat
{
    private const int LongestTitle = 256, LongestDescription = 4_096, LongestFooter = 1_000, WithoutSound = 1 << 12;

    private const string Special = "\\*_~`|[]<@", SpecialAtStart = "#-+>";

    public string Remedy => "Look at url: the webhook may be deleted. Make it anew in the settings of the channel and copy its address.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        WebhookParts parts = WebhookParts.Of(notification, texts);
        string[] links = [.. parts.Links.Select(static link => $"[{link.Key}]({Address(link.Value)})").Where(static link => link.Length <= 600)];
        IReadOnlyList<string> lines = WebhookLines.Fit(parts.Lines, LongestDescription - links.Sum(static link => link.Length + 3), static line => Escaped(line).Length, texts);
        string[] description = [.. lines.Select(Escaped), .. links.Length > 0 ? [string.Join(" · ", links)] : Array.Empty<string>()];
        byte[] body = WebhookJson.Write(json =>
        {
            json.WriteArray("embeds", () => json.WriteItem(() =>
            {
                json.WriteString("title", Escaped(WebhookLines.Cut(parts.Head, LongestTitle, static text => Escaped(text).Length)));
                if (description.Length > 0)
                {
                    json.WriteString("description", string.Join('\n', description));
                }

                json.WriteNumber("color", ColourOf(notification));
                if (parts.Footer.Length > 0)
                {
                    json.WriteObject("footer", () => json.WriteString("text", WebhookLines.Cut(parts.Footer, LongestFooter, static text => text.Length)));
                }

                if ((notification.EndedAt ?? notification.StartedAt) is { } time)
                {
                    json.WriteString("timestamp", WebhookJson.Time(time));
                }
            }));
            json.WriteObject("allowed_mentions", () => json.WriteArray("parse", static () => { }));
            if (notification.IsSilent)
            {
                json.WriteNumber("flags", WithoutSound);
            }
        });
        return new WebhookCall(new Uri(options.Address!), body);
    }

    /// <summary>Writes a line so that it is shown as it stands: nothing in it becomes formatting, a list, a link, a mention or an emoji.</summary>
    internal static string Escaped(string line)
    {
        var escaped = new StringBuilder(line.Length + 16);
        int digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        for (int i = 0; i < line.Length; i++)
        {
            if (IsSpecial(line, i) || (i == digits && i > 0 && line[i] == '.'))
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        return escaped.ToString();
    }

    // A colon begins :emoji: and the rest of https://; between digits it is a time.
    private static bool IsSpecial(string line, int at) =>
        Special.Contains(line[at], StringComparison.Ordinal)
        || (at == 0 && SpecialAtStart.Contains(line[at], StringComparison.Ordinal))
        || (line[at] == ':' && at + 1 < line.Length && line[at + 1] is not (' ' or (>= '0' and <= '9')));

    // A bracket would end the link.
    private static string Address(string address) => address.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);

    private static int ColourOf(AlertNotification notification) => WebhookParts.IsEnd(notification) ? 0x2EB67D : notification.Severity switch
    {
        AlertSeverity.Critical => 0xD00000,
        AlertSeverity.High => 0xE8710A,
        AlertSeverity.Medium => 0xE8C20A,
        _ => 0x808080,
    };
}
