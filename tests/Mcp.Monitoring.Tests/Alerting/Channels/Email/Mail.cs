using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Texts;
using MimeKit;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

/// <summary>Mails as they go over the wire, and as a client reads them.</summary>
internal static class Mail
{
    public const string Id = "0199a0c0d1e2f30415263748596a7b8c";

    private static readonly MailboxAddress Sender = new("Мониторинг", "alerts@company.com");
    private static readonly MailboxAddress[] Receivers = [new(name: null, "ops@company.com"), new(name: null, "boss@company.com")];

    public static AlertNotification Notification { get; } = new()
    {
        Id = Id,
        Kind = NotificationKind.First,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Mark = "🔴",
        Heading = "critical · 1c down",
        Body = "14 of 14 calls failed in 5 min, since 03:00 MSK",
        Footer = "v1.4.2, up 6 d.",
        Service = "orders-mcp",
        Summary = "14 of 14 calls failed in 5 min",
        Facts = ["Tools: get_order 9, get_stock 5.", "Breaker open."],
        Text = "🔴 critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK.",
        Incident = 7,
        Runbook = "https://wiki.company.com/1c?a=1&b=2",
        Dashboard = "https://grafana.company.com/d/mcp",
        Page = "https://orders.company.com/monitoring",
    };

    public static MimeMessage Sent(AlertNotification notification, AlertLanguage language = AlertLanguage.En)
    {
        using MimeMessage message = EmailEncoder.Encode(notification, AlertTexts.In(language), Sender, Receivers, new DateTimeOffset(2026, 3, 1, 3, 3, 0, TimeSpan.FromHours(3)));
        // As a server wants it that takes only ASCII.
        message.Prepare(EncodingConstraint.SevenBit);
        using var wire = new MemoryStream();
        message.WriteTo(wire, TestContext.Current.CancellationToken);
        wire.Position = 0;
        return MimeMessage.Load(wire, TestContext.Current.CancellationToken);
    }

    public static string TextOf(MimeMessage message) => message.TextBody!.ReplaceLineEndings("\n");

    public static string HtmlOf(MimeMessage message) => message.HtmlBody!.ReplaceLineEndings("\n");
}
