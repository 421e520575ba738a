using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Texts;
using MimeKit;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

/// <summary>Mails as they go over the wire, and as a client reads them.</summary>
internal static class Mail
{
    private static readonly MailboxAddress Sender = new("Мониторинг", "alerts@company.com");
    private static readonly MailboxAddress[] Receivers = [new(name: null, "ops@company.com"), new(name: null, "boss@company.com")];

    public static AlertNotification Notification { get; } = Outage.First() with
    {
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
