using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Writes the message by which somebody finds out whether alerts arrive.</summary>
internal static class TestMessage
{
    public static AlertNotification Of(AlertIdentity identity, AlertTexts texts, DateTimeOffset now)
    {
        string id = Guid.CreateVersion7().ToString("N");
        string heading = texts["test.heading"];
        string body = texts.Say("test.body", identity.Service);
        string? footer = identity.Version is { Length: > 0 } version ? $"v{version}." : null;
        return new AlertNotification
        {
            Id = id,
            Kind = NotificationKind.Test,
            Severity = AlertSeverity.Low,
            Group = $"test-{id}",
            Title = heading,
            Mark = SeverityMark.Announcement,
            Heading = heading,
            Body = body,
            Footer = footer,
            Service = identity.Service,
            Summary = body,
            Text = $"{SeverityMark.Announcement} {heading} · {identity.Service} — {body} {footer}".TrimEnd(),
            StartedAt = now,
        };
    }
}
