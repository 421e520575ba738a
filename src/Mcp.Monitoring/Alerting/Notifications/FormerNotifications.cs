using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Reads who was told what as versions before the notification log have left it: in the rows of groups and of messages.</summary>
internal static class FormerNotifications
{
    private static readonly StateTable<FormerGroup> Groups = new("alert_group", FormerJson.Default.FormerGroup, group => group.Id);

    public static IReadOnlyCollection<NotificationLogEntry> Read(StateRows rows, AlertClock clock)
    {
        Dictionary<(string, string), NotificationLogEntry> entries = [];
        Dictionary<(string, string), long> ended = [];
        foreach (FormerGroup group in rows.Of(Groups).Where(group => group.Closed is null))
        {
            foreach (FormerView view in (group.Views ?? []).OfType<FormerView>())
            {
                entries[(group.Id, view.Channel)] = view.ToEntry(group.Id, clock);
                ended[(group.Id, view.Channel)] = view.Ended;
            }
        }

        QueuedNotification[] messages = [.. rows.Of(NotificationTables.Queue(clock)).OrderBy(message => message.Created).ThenBy(message => message.Generation)];
        foreach (QueuedNotification message in messages)
        {
            if (entries.TryGetValue((message.Group, message.Channel), out NotificationLogEntry? entry))
            {
                Note(entry, message, ended[(message.Group, message.Channel)], messages);
            }
        }

        return entries.Values;
    }

    // What has come of a message was saved with it, and with the group only in the step after.
    private static void Note(NotificationLogEntry entry, QueuedNotification message, long ended, QueuedNotification[] all)
    {
        if (message.State == DeliveryState.Sent && message.Generation > ended)
        {
            entry.IsDelivered = message.IsFiring;
            entry.Reference ??= message.Reference;
        }

        if (message.HandedTo is not { } by)
        {
            return;
        }

        if (message.IsFiring && !entry.ToldBy.Contains(by, StringComparer.Ordinal))
        {
            entry.ToldBy.Add(by);
        }

        if (message.EndedAt is null || !Array.Exists(all, later => later.Channel == message.Channel && later.State == DeliveryState.Sent && later.EndedAt > message.EndedAt))
        {
            entry.Missed = new MissedNotification(message.Notification with { Alerts = [] }, (entry.Missed?.Count ?? 0) + 1, entry.Missed?.Since ?? message.Created, [by]);
        }
    }
}

/// <summary>A group, of which only who was told of it matters here.</summary>
internal sealed record FormerGroup
{
    public required string Id { get; init; }

    public IReadOnlyList<FormerView?>? Views { get; init; }

    public DateTimeOffset? Closed { get; init; }
}

/// <summary>What a channel was told of a group.</summary>
internal sealed record FormerView
{
    public required string Channel { get; init; }

    public required IReadOnlyList<string> Firing { get; init; }

    public AlertSeverity Severity { get; init; }

    public DateTimeOffset LastSent { get; init; }

    public DateTimeOffset? FirstSent { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public IReadOnlyDictionary<string, double>? Values { get; init; }

    public bool IsStopTold { get; init; }

    public bool IsFallTold { get; init; }

    public long Generation { get; init; }

    public long Ended { get; init; }

    public bool IsDelivered { get; init; }

    public bool IsCounted { get; init; }

    public string? Reference { get; init; }

    public NotificationLogEntry ToEntry(string group, AlertClock clock) => new()
    {
        Group = group,
        Channel = Channel,
        Generation = Generation,
        Firing = Firing.ToDictionary(
            alert => ulong.Parse(alert, NumberStyles.HexNumber, CultureInfo.InvariantCulture), alert => Values?.TryGetValue(alert, out double value) == true ? value : double.NaN),
        Severity = Severity,
        SentAt = clock.FromUtc(LastSent),
        FirstSentAt = clock.FromUtc(FirstSent ?? LastSent),
        StartedAt = clock.FromUtc(StartedAt ?? LastSent),
        IsStopTold = IsStopTold,
        IsFallTold = IsFallTold,
        IsDelivered = IsDelivered,
        IsCounted = IsCounted,
        Reference = Reference,
    };
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(FormerGroup))]
internal sealed partial class FormerJson : JsonSerializerContext;
