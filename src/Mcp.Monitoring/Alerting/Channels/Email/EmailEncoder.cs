using Mcp.Monitoring.Alerting.Texts;
using MimeKit;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>Makes a mail of a message.</summary>
internal static class EmailEncoder
{
    /// <param name="notification">The message.</param>
    /// <param name="texts">The texts of its language.</param>
    /// <param name="sender">Who it comes from.</param>
    /// <param name="receivers">Everybody who is told, also who has it already.</param>
    /// <param name="now">When it is sent, in the time zone of those who read it.</param>
    public static MimeMessage Encode(AlertNotification notification, AlertTexts texts, MailboxAddress sender, IEnumerable<MailboxAddress> receivers, DateTimeOffset now)
    {
        var content = EmailContent.Of(notification, texts);
        var message = new MimeMessage
        {
            MessageId = MessageId.Of(notification.Id, MailServer.DomainOf(sender.Address)),
            Date = now,
            Body = new MultipartAlternative
            {
                new TextPart(MimeKit.Text.TextFormat.Plain) { Text = EmailText.Write(content) },
                new TextPart(MimeKit.Text.TextFormat.Html) { Text = EmailHtml.Write(content, ColourOf(notification)) },
            },
        };
        message.Headers.Replace(SubjectHeader.Of("Subject", content.Subject));

        // Exchange and Outlook go by this where it is there, and by the subject with its brackets where it is not.
        message.Headers.Add(SubjectHeader.Of("Thread-Topic", content.Topic));
        message.From.Add(sender);
        message.To.AddRange(receivers);

        // RFC 3834: no answers of machines; the second is for Exchange, which does not go by the first.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (EmailThread.Of(notification) is { First: var first } && first != message.MessageId)
        {
            message.InReplyTo = first;
            message.References.Add(first);
        }

        if (notification is { Severity: AlertSeverity.Critical, EndedAt: null })
        {
            message.Importance = MessageImportance.High;
            message.Priority = MessagePriority.Urgent;
            message.XPriority = XMessagePriority.Highest;
        }

        return message;
    }

    private static string ColourOf(AlertNotification notification) => notification switch
    {
        { EndedAt: not null } => "#2e7d32",
        { Kind: NotificationKind.Announcement, Severity: < AlertSeverity.High } => "#1565c0",
        { Severity: AlertSeverity.Critical } => "#c62828",
        { Severity: AlertSeverity.High } => "#e65100",
        { Severity: AlertSeverity.Medium } => "#f9a825",
        _ => "#78909c",
    };
}
