namespace Mcp.Monitoring.Redaction.Tokens;

/// <summary>Addresses whose path is the secret: whoever knows it can write there.</summary>
internal static class Webhook
{
    public static readonly string[] Hosts =
    [
        "hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/webhookb2/",
        "outlook.office.com/webhook/", "hooks.zapier.com/hooks/catch/",
    ];

    public static bool IsAt(ReadOnlySpan<char> text, int at, out int start, out int end)
    {
        foreach (string host in Hosts)
        {
            if (text[at..].StartsWith(host, StringComparison.OrdinalIgnoreCase))
            {
                start = at + host.Length;
                end = start + text.Slice(start, CharacterRun.LengthUntil(text[start..], CharacterRun.AfterUrl)).TrimEnd(".,;:)]}").Length;
                return true;
            }
        }

        start = end = at;
        return false;
    }
}
