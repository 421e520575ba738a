using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>A group and what each channel was told of it.</summary>
internal sealed record StoredGroup
{
    public static StateTable<StoredGroup> Table { get; } = new("alert_group", StoredGroupJson.Default.StoredGroup, static row => row.Id, static row => row.Closed)
    {
        PastRows = 1_000,
        Keep = static _ => TimeSpan.FromDays(7),
    };

    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public required IReadOnlyList<StoredView> Views { get; init; }

    /// <summary>Gets the fingerprints of the alerts that go on while a silence keeps them from being told.</summary>
    public IReadOnlyList<string> Silenced { get; init; } = [];

    public DateTimeOffset? Closed { get; init; }

    public static StoredGroup Of(AlertGroup group, AlertClock clock, bool isClosed = false) => new()
    {
        Id = group.Id,
        Labels = group.Labels,
        Opened = clock.ToUtc(group.Opened),
        StartedAt = clock.ToUtc(group.StartedAt),
        Views = [.. group.Views.Values.Select(view => StoredView.Of(view, clock))],
        Silenced = [.. group.Members.Values.Where(member => member is { IsFiring: true, IsSilenced: true }).Select(member => Text(member.Fingerprint))],
        Closed = isClosed ? clock.UtcNow : null,
    };

    public AlertGroup ToGroup(AlertClock clock)
    {
        var group = new AlertGroup(Id, new AlertLabels(Labels), clock.FromUtc(Opened)) { StartedAt = clock.FromUtc(StartedAt ?? Opened) };
        foreach (StoredView view in Views)
        {
            view.CopyTo(group.ViewOf(view.Channel), clock);
        }

        return group;
    }

    internal static ulong Number(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal static string Text(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>What a channel was told of a group.</summary>
internal sealed record StoredView
{
    public required string Channel { get; init; }

    public required IReadOnlyList<string> Firing { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required DateTimeOffset LastSent { get; init; }

    public DateTimeOffset? FirstSent { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public bool IsStopTold { get; init; }

    public bool IsFallTold { get; init; }

    public required long Generation { get; init; }

    public required long Ended { get; init; }

    public bool IsDelivered { get; init; }

    public bool IsCounted { get; init; }

    public string? Reference { get; init; }

    public static StoredView Of(ChannelView view, AlertClock clock) => new()
    {
        Channel = view.Channel,
        Firing = [.. view.Firing.Select(StoredGroup.Text)],
        Severity = view.Severity,
        LastSent = clock.ToUtc(view.LastSent),
        FirstSent = clock.ToUtc(view.FirstSent),
        StartedAt = clock.ToUtc(view.StartedAt),
        Values = view.Values.ToDictionary(pair => StoredGroup.Text(pair.Key), pair => pair.Value, StringComparer.Ordinal),
        IsStopTold = view.IsStopTold,
        IsFallTold = view.IsFallTold,
        Generation = view.Generation,
        Ended = view.Ended,
        IsDelivered = view.IsDelivered,
        IsCounted = view.IsCounted,
        Reference = view.Reference,
    };

    public void CopyTo(ChannelView view, AlertClock clock)
    {
        view.Firing.UnionWith(Firing.Select(StoredGroup.Number));
        foreach ((string alert, double value) in Values)
        {
            view.Values[StoredGroup.Number(alert)] = value;
        }

        view.FirstSent = clock.FromUtc(FirstSent ?? LastSent);
        view.StartedAt = clock.FromUtc(StartedAt ?? LastSent);
        view.IsStopTold = IsStopTold;
        view.IsFallTold = IsFallTold;
        view.Severity = Severity;
        view.LastSent = clock.FromUtc(LastSent);
        view.Generation = Generation;
        view.Ended = Ended;
        view.IsDelivered = IsDelivered;
        view.IsCounted = IsCounted;
        view.Reference = Reference;
    }
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredGroup))]
internal sealed partial class StoredGroupJson : JsonSerializerContext;
