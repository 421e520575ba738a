using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Writes what a channel could not be told while it was down, and others were in its place: one message when it works again.</summary>
internal static class MissedDigest
{
    private const int Shown = 10, LongestLine = 300;

    /// <param name="queue">The channel.</param>
    /// <param name="missed">What it missed, not empty.</param>
    /// <param name="zone">The time zone of times in messages.</param>
    /// <param name="texts">The language of messages.</param>
    public static AlertNotification Of(ChannelQueue queue, IReadOnlyList<MissedNotification> missed, TimeZoneInfo zone, AlertTexts texts)
    {
        MissedNotification[] open = [.. missed.Where(one => one.GoesOn).OrderByDescending(one => one.Notification.Severity)];
        MissedNotification[] over = [.. missed.Where(one => !one.GoesOn)];
        AlertSeverity severity = open.Length > 0 ? open[0].Notification.Severity : AlertSeverity.Low;
        DateTimeOffset since = missed.Min(one => one.Since);
        int count = missed.Sum(one => one.Count);
        string from = TimeZoneInfo.ConvertTime(since, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        string by = string.Join(", ", missed.SelectMany(one => one.By).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        string summary = texts.Say("missed.summary", count, from, by, open.Length, over.Length);
        string[] facts = queue.IsDigestRefused ? [] :
        [
            .. open.Concat(over).Take(Shown).Select(one => Line(one, texts)),
            .. missed.Count > Shown ? [texts.Say("missed.more", missed.Count - Shown)] : Array.Empty<string>(),
        ];
        string title = texts.Say("title.works_again", queue.Name);
        string service = missed[0].Notification.Service;
        return new AlertNotification
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Kind = NotificationKind.Digest,
            Severity = severity,
            Group = queue.DigestGroup,
            Title = title,
            Service = service,
            Summary = summary,
            Facts = facts,
            Text = $"{title} · {service} — {summary}. {string.Join(' ', facts)}".TrimEnd(),
            AlertCount = open.Sum(one => one.Notification.AlertCount),
            StartedAt = since,
            IsSilent = severity < AlertSeverity.High,
            IsPossibleDuplicate = queue.IsDigestPossibleDuplicate,
        };
    }

    private static string Line(MissedNotification missed, AlertTexts texts) => TextCut.At(
        missed.Notification.Kind is NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Report
            ? $"{missed.Notification.Title}: {missed.Notification.Summary}."
            : texts.Say(missed.GoesOn ? "missed.goes_on" : "missed.over", missed.Notification.Title, missed.Notification.Summary),
        LongestLine);
}
