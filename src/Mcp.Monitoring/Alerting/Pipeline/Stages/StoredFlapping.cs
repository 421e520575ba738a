using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>How often a group came and went.</summary>
internal sealed record StoredFlapping
{
    public static StateTable<StoredFlapping> Table { get; } = new(
        "flapping", StoredFlappingJson.Default.StoredFlapping, static row => KeyOf(row.Labels as AlertLabels ?? new AlertLabels(row.Labels)));

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<DateTimeOffset> Ends { get; init; }

    public IReadOnlyList<DateTimeOffset> Begins { get; init; } = [];

    public DateTimeOffset? Began { get; init; }

    public bool IsGoingOn { get; init; }

    public required DateTimeOffset LastChange { get; init; }

    public bool IsFlapping { get; init; }

    public static string KeyOf(AlertLabels labels) => labels.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    public static StoredFlapping Of(FlapHistory history, AlertClock clock) => new()
    {
        Labels = history.Labels,
        Ends = [.. history.Cycles.Select(cycle => clock.ToUtc(cycle.Ended))],
        Begins = [.. history.Cycles.Select(cycle => clock.ToUtc(cycle.Began))],
        Began = clock.ToUtc(history.Began),
        IsGoingOn = history.IsGoingOn,
        LastChange = clock.ToUtc(history.LastChange),
        IsFlapping = history.IsFlapping,
    };

    public FlapHistory ToHistory(AlertClock clock)
    {
        var history = new FlapHistory(new AlertLabels(Labels))
        {
            IsFlapping = IsFlapping,
            IsGoingOn = IsGoingOn,
            Began = clock.FromUtc(Began ?? LastChange),
            LastChange = clock.FromUtc(LastChange),
        };
        foreach ((DateTimeOffset began, DateTimeOffset ended) in Begins.Zip(Ends))
        {
            history.Cycles.Enqueue(new FlapCycle(clock.FromUtc(began), clock.FromUtc(ended)));
        }

        return history;
    }
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredFlapping))]
internal sealed partial class StoredFlappingJson : JsonSerializerContext;
