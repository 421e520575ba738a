namespace Mcp.Monitoring.Infrastructure.Redaction.Tokens;

/// <summary>Addresses whose path is the secret: whoever knows it can write there.</summary>
internal static class Webhook
{
    public static readonly string[] Hosts =
    [
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/webhookb2/",
        "outlook.office.com/webhook/", "hooks.zapier.com/hooks/catch/", "api.telegram.org/bot", "api.telegram.org/file/bot",
    ];

    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        foreach (string host in Hosts)
        {
            if (text[at..].StartsWith(host, StringComparison.OrdinalIgnoreCase))
            {
                start = at + host.Length;
                ReadOnlySpan<char> path = text.Slice(start, CharacterRun.LengthUntil(text[start..], CharacterRun.AfterUrl));
                // Behind the token of a bot there is a method.
                int slash = host.EndsWith("bot", StringComparison.Ordinal) ? path.IndexOf('/') : -1;
                end = start + (slash < 0 ? path.TrimEnd(".,;:)]}").Length : slash);
                return true;
            }
        }

        start = end = at;
        return false;
    }
}
