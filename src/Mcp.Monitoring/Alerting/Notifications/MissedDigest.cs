using System.Globalization;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Writes what a channel could not be told while it was down, and others were in its place: one message when it works again.</summary>
internal static class MissedDigest
{
    private const int Shown = 10, LongestLine = 300;

    /// <param name="queue">The channel.</param>
    /// <param name="missed">What it missed, not empty.</param>
    /// <param name="zone">The time zone of times in messages.</param>
    public static AlertNotification Of(ChannelQueue queue, IReadOnlyList<MissedNotification> missed, TimeZoneInfo zone)
    {
        MissedNotification[] open = [.. missed.Where(one => one.GoesOn).OrderByDescending(one => one.Notification.Severity)];
        MissedNotification[] over = [.. missed.Where(one => !one.GoesOn)];
        AlertSeverity severity = open.Length > 0 ? open[0].Notification.Severity : AlertSeverity.Low;
        DateTimeOffset since = missed.Min(one => one.Since);
        int count = missed.Sum(one => one.Count);
        string from = TimeZoneInfo.ConvertTime(since, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        string by = string.Join(", ", missed.SelectMany(one => one.By).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? "message" : "messages")} since {from} went to {by} instead: {open.Length} still going on, {over.Length} over");
        string[] facts = queue.IsDigestRefused ? [] :
        [
            .. open.Concat(over).Take(Shown).Select(Line),
            .. missed.Count > Shown ? [string.Create(CultureInfo.InvariantCulture, $"And {missed.Count - Shown} more.")] : Array.Empty<string>(),
        ];
        string title = $"{queue.Name} works again";
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

    private static string Line(MissedNotification missed) => TextCut.At(
        missed.Notification.Kind is NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Report
            ? $"{missed.Notification.Title}: {missed.Notification.Summary}."
            : $"{missed.Notification.Title} ({(missed.GoesOn ? "goes on" : "over")}): {missed.Notification.Summary}.",
        LongestLine);
}
