using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>An alert that Alertmanager was told of, under the labels that it was told; its end is sent again after a restart, too.</summary>
internal sealed record StoredForwardedAlert
{
    public static StateTable<StoredForwardedAlert> Table { get; } =
        new("forwarded_alert", StoredForwardedAlertJson.Default.StoredForwardedAlert, static row => row.Key, static row => row.EndsAt) { Keep = static _ => TimeSpan.FromHours(1) };

    public required string Key { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public static string KeyOf(AlertLabels labels) => StoredGroup.Text(labels.Fingerprint);

    public static StoredForwardedAlert Of(ForwardedAlert alert) => new()
    {
        Key = KeyOf(alert.Labels),
        Labels = alert.Labels,
        Annotations = alert.Annotations,
        StartsAt = alert.StartsAt,
        EndsAt = alert.EndsAt,
    };

    public ForwardedAlert ToForwarded() => new(new AlertLabels(Labels)) { Annotations = Annotations, StartsAt = StartsAt, EndsAt = EndsAt };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredForwardedAlert))]
internal sealed partial class StoredForwardedAlertJson : JsonSerializerContext;
