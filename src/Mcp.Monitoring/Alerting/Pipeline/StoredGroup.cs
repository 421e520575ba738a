using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>A group; who was told of it is in the notification log.</summary>
internal sealed record StoredGroup
{
    private const int Remembered = 1_000;

    public static StateTable<StoredGroup> Table { get; } =
        new("alert_group", GroupJson.Default.StoredGroup, row => row.Id, row => row.Closed) { PastRows = Remembered, Keep = static _ => TimeSpan.FromDays(7) };

    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets the fingerprints of the alerts that go on while a silence keeps them from being told.</summary>
    public IReadOnlyList<string> Silenced { get; init; } = [];

    public DateTimeOffset? Closed { get; init; }

    public static StoredGroup Of(AlertGroup group, AlertClock clock, bool isClosed = false) => new()
    {
        Id = group.Id,
        Labels = group.Labels,
        Opened = clock.ToUtc(group.Opened),
        StartedAt = clock.ToUtc(group.StartedAt),
        Silenced = [.. group.Members.Values.Where(member => member is { IsFiring: true, IsSilenced: true }).Select(member => Text(member.Fingerprint))],
        Closed = isClosed ? clock.UtcNow : null,
    };

    public AlertGroup ToGroup(AlertClock clock) => new(Id, new AlertLabels(Labels), clock.FromUtc(Opened)) { StartedAt = clock.FromUtc(StartedAt ?? Opened) };

    internal static string Text(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredGroup))]
internal sealed partial class GroupJson : JsonSerializerContext;
