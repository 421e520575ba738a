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
        string from = $"{TimeZoneInfo.ConvertTime(since, zone).ToString("HH:mm", CultureInfo.InvariantCulture)} {ZoneName.Of(zone, since, texts)}";
        string by = string.Join(", ", missed.SelectMany(one => one.By).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        int ended = over.Count(one => TellsState(one.Notification));
        string goesOn = open.Length > 0 ? texts.Say("missed.open", open.Length) : "";
        string states = string.Join(", ", new[] { goesOn, ended > 0 ? texts.Say("missed.ended", ended) : "" }.Where(part => part.Length > 0));
        string summary = $"{texts.Say("missed.summary", count, from, by)}{(states.Length > 0 ? ": " : "")}{states}";
        string[] facts = queue.IsDigestRefused ? [] :
        [
            .. open.Concat(over).Take(Shown).Select(one => Line(one, texts)),
            .. missed.Count > Shown ? [texts.Say("missed.more", missed.Count - Shown)] : Array.Empty<string>(),
        ];
        string title = texts.Say("title.works_again", queue.Name);
        string service = missed[0].Notification.Service;

        // What goes on is what somebody may have to get up for; that a channel works again is not.
        string mark = open.Length > 0 ? SeverityMark.Of(severity) : SeverityMark.Resolved;
        string heading = open.Length > 0 ? $"{texts.Word(severity)} · {title}, {goesOn}" : title;
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
            Mark = mark,
            Heading = heading,
            Body = summary,
            Dashboard = missed[^1].Notification.Dashboard,
            Page = missed[^1].Notification.Page,
            Text = $"{mark} {heading} · {service} — {summary}. {string.Join(' ', facts)}".TrimEnd(),
            AlertCount = open.Sum(one => one.Notification.AlertCount),
            StartedAt = since,
            IsSilent = severity < AlertSeverity.High,
            IsPossibleDuplicate = queue.IsDigestPossibleDuplicate,
        };
    }

    private static string Line(MissedNotification missed, AlertTexts texts) => TextCut.At(
        !TellsState(missed.Notification) ? $"{missed.Notification.Title}: {missed.Notification.Summary}."
            : missed.GoesOn ? texts.Say("missed.goes_on", $"{texts.Word(missed.Notification.Severity)} · {missed.Notification.Title}", missed.Notification.Summary)
            : texts.Say("missed.over", missed.Notification.Title, missed.Notification.Summary),
        LongestLine);

    private static bool TellsState(AlertNotification message) => message.Kind is not (NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Report);
}
