using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>Whatever a client or an exception wrote, each receiver gets what its description says, and nothing that does something there. 10,000 messages in all.</summary>
public sealed class WebhookHostileTextTests
{
    private const int Messages = 1_700;

    private static readonly string[] Pieces =
    [
        "get_order", "привет мир", "<!channel>\r\nBcc: x", "</b><a href=javascript:alert(1)>", "@everyone", "<@123>", "[x](http://evil.example)", "https://evil.example", ":smile:",
        "\u202e\u2066\u200b", "\ud800", "\udc00 ", "\u001b[31m", "\0", "👩‍👩‍👧‍👦", "\"\\\"", "\\", "{{DATE(2026)}}", "${x}", "`", "**", "__", "~~", "||", "> ", "# ", "- ", "1. ", "\n", "\t", "   ", "&amp;", "é", "", " ",
    ];

    public static TheoryData<WebhookPreset> Presets => [.. Enum.GetValues<WebhookPreset>()];

    [Theory]
    [MemberData(nameof(Presets))]
    public void What_a_client_wrote_arrives_harmless(WebhookPreset preset)
    {
        var random = new Random(20_261_129);
        for (int i = 0; i < Messages; i++)
        {
            AlertNotification message = Hostile(random);

            WebhookCall call = WebhookMessages.Encode(preset, message, i % 2 == 0 ? AlertLanguage.En : AlertLanguage.Ru);

            Schemas.Check(preset, call);
        }
    }

    private static AlertNotification Hostile(Random random)
    {
        AlertNotification message = random.Next(2) == 0 ? WebhookMessages.First() : WebhookMessages.Resolved();
        return message with
        {
            Heading = Text(random),
            Body = Text(random),
            Summary = Text(random),
            Title = Text(random),
            Footer = Text(random),
            Service = Text(random),
            Group = $"g{Text(random)}",
            Text = Text(random),
            Facts = [.. Enumerable.Range(0, random.Next(12)).Select(_ => Text(random))],
            Runbook = Text(random),
            Dashboard = $"https://example.com/{Text(random)}",
            Alerts = [.. message.Alerts.Select(alert => alert with { Summary = Text(random), Facts = [Text(random)], Runbook = Text(random), Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["operation"] = Text(random) } })],
        };
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, random.Next(20) == 0 ? 300 : 8)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
