using System.Globalization;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>What a channel could not be told while it was down, and others were in its place: it is told in one message when it works again.</summary>
internal sealed class MissedMessages(string channel)
{
    private const int Shown = 10, Most = 500, LongestLine = 300;

    private readonly Dictionary<string, AlertNotification> _newest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _by = new(StringComparer.Ordinal);
    private int _count;
    private DateTimeOffset _since;

    public bool IsEmpty => _count == 0;

    /// <summary>Gets or sets whether a message about it may have arrived, before the process that sent it ended.</summary>
    public bool IsPossibleDuplicate { get; set; }

    /// <summary>Gets or sets whether the receiver refused to be told of it: it may be for what the messages say, which is left out from then on.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Gets the group of the messages that tell a channel what it missed.</summary>
    public static string GroupOf(string channel) => $"missed/{channel}";

    public void Add(AlertNotification notification, string standIn, DateTimeOffset at)
    {
        _since = _count == 0 ? at : _since;
        _count++;
        _by.Add(standIn);
        if (_newest.Count < Most || _newest.ContainsKey(notification.Group))
        {
            _newest[notification.Group] = notification;
        }
    }

    public void Clear()
    {
        _newest.Clear();
        _by.Clear();
        _count = 0;
        IsPossibleDuplicate = false;
        IsRefused = false;
    }

    /// <summary>Makes the message.</summary>
    public OutboxMessage Digest(DateTimeOffset now, TimeZoneInfo zone, TimeSpan expiry)
    {
        AlertNotification[] open = [.. _newest.Values.Where(GoesOn).OrderByDescending(missed => missed.Severity)];
        AlertNotification[] over = [.. _newest.Values.Where(missed => !GoesOn(missed))];
        AlertSeverity severity = open.Length > 0 ? open[0].Severity : AlertSeverity.Low;
        string from = TimeZoneInfo.ConvertTime(_since, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{_count} {(_count == 1 ? "message" : "messages")} since {from} went to {string.Join(", ", _by.Order(StringComparer.Ordinal))} instead: {open.Length} still going on, {over.Length} over");
        string[] facts = IsRefused ? [] :
        [
            .. open.Concat(over).Take(Shown).Select(Line),
            .. open.Length + over.Length > Shown ? [string.Create(CultureInfo.InvariantCulture, $"And {open.Length + over.Length - Shown} more.")] : Array.Empty<string>(),
        ];
        string id = Guid.CreateVersion7().ToString("N");
        string title = $"{channel} works again";
        string service = _newest.Values.First().Service;
        return new OutboxMessage
        {
            Id = id,
            Channel = channel,
            Notification = new AlertNotification
            {
                Id = id,
                Kind = NotificationKind.Digest,
                Severity = severity,
                Group = GroupOf(channel),
                Title = title,
                Service = service,
                Summary = summary,
                Facts = facts,
                Text = $"{title} · {service} — {summary}. {string.Join(' ', facts)}".TrimEnd(),
                AlertCount = open.Sum(missed => missed.AlertCount),
                StartedAt = _since,
                IsSilent = severity < AlertSeverity.High,
                IsPossibleDuplicate = IsPossibleDuplicate,
            },
            Generation = 0,
            Created = now,
            ExpiresAt = now + expiry,
            Covers = [.. open.Where(missed => missed.Kind is not (NotificationKind.Digest or NotificationKind.Announcement)).Select(missed => missed.Group)],
        };
    }

    private static bool GoesOn(AlertNotification missed) => missed.Kind is not (NotificationKind.Resolved or NotificationKind.Digest or NotificationKind.Announcement)
        && missed.EndedAt is null;

    private static string Line(AlertNotification missed) => TextCut.At(
        missed.Kind is NotificationKind.Digest or NotificationKind.Announcement
            ? $"{missed.Title}: {missed.Summary}."
            : $"{missed.Title} ({(GoesOn(missed) ? "goes on" : "over")}): {missed.Summary}.",
        LongestLine);
}
