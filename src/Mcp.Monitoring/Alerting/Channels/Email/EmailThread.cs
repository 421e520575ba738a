using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// The thread of an outage: the Message-ID of its first mail, and what the subjects of all are about. Gmail, and whoever goes by RFC 5256, leaves "[critical]" in front of
/// a subject out of the comparison, and asks that the rest is the same; the title of a message may change meanwhile.
/// </summary>
/// <param name="First">The Message-ID, without its brackets.</param>
/// <param name="Topic">What the first subject says behind the state; <see langword="null"/> where the version before has stored none.</param>
internal sealed record EmailThread(string First, string? Topic)
{
    private const char Divider = '\t';

    /// <summary>Gets the thread of a message; <see langword="null"/> for the first.</summary>
    public static EmailThread? Of(AlertNotification notification) => notification.ThreadReference is { } reference ? Read(reference) : null;

    public override string ToString() => Topic is null ? First : $"{First}{Divider}{Topic}";

    private static EmailThread? Read(string reference)
    {
        string[] parts = reference.Split(Divider, 2);
        return !MessageId.IsOwn(parts[0]) ? null
            : new EmailThread(parts[0], parts.Length > 1 && LineSanitizer.Of(parts[1], EmailContent.LongestTopic) is { Length: > 0 } topic ? topic : null);
    }
}
