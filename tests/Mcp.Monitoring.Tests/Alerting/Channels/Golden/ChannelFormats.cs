using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;
using MimeKit;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Golden;

/// <summary>What each channel sends for a message, as people can read it in a file.</summary>
internal static class ChannelFormats
{
    private const string Webhook = "webhook-";
    private static readonly DateTimeOffset Sent = new(2026, 11, 24, 3, 0, 0, TimeSpan.FromHours(3));
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Names { get; } = ["telegram", "slack-bot", "slack-webhook", "email", .. Enum.GetNames<WebhookPreset>().Select(static name => Webhook + name.ToLowerInvariant())];

    public static string Write(string format, AlertNotification message, AlertTexts texts) => format switch
    {
        "telegram" => Telegram(TelegramEncoder.Encode(message, texts)),
        "slack-bot" => Json(SlackPayload.Of(SlackEncoder.Of(message, texts), new SlackTarget { Channel = "C0123456789", Thread = message.ThreadReference is null ? null : "1700000000.000001" })),
        "slack-webhook" => Json(SlackPayload.Of(SlackEncoder.Of(message, texts), new SlackTarget { IsWebhook = true })),
        "email" => Email(EmailEncoder.Encode(message, texts, new MailboxAddress("Alerts", "alerts@company.com"), [new MailboxAddress(name: null, "ops@company.com")], Sent)),
        _ => Call(WebhookFormats.Of(Enum.Parse<WebhookPreset>(format[Webhook.Length..], ignoreCase: true)), message, texts),
    };

    private static string Telegram(TelegramMessage message) =>
        $"{message.Html}\n{string.Join('\n', message.Links.Select(static link => $"[ {link.Text} → {link.Url} ]"))}".TrimEnd();

    private static string Email(MimeMessage mail)
    {
        var text = new StringBuilder();
        foreach (Header header in mail.Headers.Where(static header => header.Id is not HeaderId.ContentType))
        {
            text.Append(CultureInfo.InvariantCulture, $"{header.Field}: {header.Value}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{mail.TextBody}\n{mail.HtmlBody}").ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    private static string Call(IWebhookFormat format, AlertNotification message, AlertTexts texts)
    {
        var options = new WebhookChannelOptions { Name = "pager", Url = format.DefaultAddress ?? "https://example.com/hooks/topic", Token = "token-of-the-receiver" };
        WebhookCall call = format.Encode(message, options, texts);
        string posted = $"POST {call.Address}\n{Json(call.Body)}";
        return call.Then is { } then ? $"{posted}\nPOST {then.Address}\n{Json(then.Body)}" : posted;
    }

    private static string Json(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return JsonSerializer.Serialize(json.RootElement, Readable).ReplaceLineEndings("\n");
    }
}
