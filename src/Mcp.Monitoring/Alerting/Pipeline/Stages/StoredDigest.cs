using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>What was counted for a channel and not told yet.</summary>
internal sealed record StoredDigest
{
    public static StateTable<StoredDigest> Table { get; } = new("digest", StoredDigestJson.Default.StoredDigest, static row => row.Channel);

    public required string Channel { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required IReadOnlyDictionary<string, int> Begun { get; init; }

    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    public required IReadOnlyList<string> Titles { get; init; }

    public required int Over { get; init; }

    public required int Reminders { get; init; }

    public required AlertSeverity Severity { get; init; }

    public static StoredDigest Of(string channel, DigestContent digest, AlertClock clock) => new()
    {
        Channel = channel,
        Since = clock.ToUtc(digest.Since),
        Begun = digest.Begun.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value, StringComparer.Ordinal),
        Rules = new Dictionary<string, int>(digest.Rules, StringComparer.Ordinal),
        Titles = [.. digest.Titles],
        Over = digest.Over,
        Reminders = digest.Reminders,
        Severity = digest.Severity,
    };

    public DigestContent ToContent(AlertClock clock) => new()
    {
        Since = clock.FromUtc(Since),
        Begun = Begun.ToDictionary(pair => Enum.Parse<AlertSeverity>(pair.Key), pair => pair.Value),
        Rules = new Dictionary<string, int>(Rules, StringComparer.Ordinal),
        Titles = [.. Titles],
        Over = Over,
        Reminders = Reminders,
        Severity = Severity,
    };
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredDigest))]
internal sealed partial class StoredDigestJson : JsonSerializerContext;
