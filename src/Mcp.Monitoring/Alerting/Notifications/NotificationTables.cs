using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>The rows of the notification log and of the delivery queue.</summary>
internal static class NotificationTables
{
    private const int RememberedMessages = 1_000;

    public static StateTable<NotificationLogEntry> Log(AlertClock clock) =>
        new("notification_log", Json(clock).NotificationLogEntry, KeyOf);

    public static StateTable<QueuedNotification> Queue(AlertClock clock) =>
        new("outbox", Json(clock).QueuedNotification, message => message.Id, message => message.EndedAt) { PastRows = RememberedMessages, Keep = static _ => TimeSpan.FromDays(7) };

    public static string KeyOf(NotificationLogEntry entry) => $"{entry.Group}|{entry.Channel}";

    private static NotificationJson Json(AlertClock clock) => new(InstantConverter.Options(clock, NotificationJson.Default.Options));
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(NotificationLogEntry))]
[JsonSerializable(typeof(QueuedNotification))]
internal sealed partial class NotificationJson : JsonSerializerContext;
