using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>A silence, with its matchers as they are written.</summary>
internal sealed record StoredSilence
{
    public static StateTable<StoredSilence> Table { get; } = new("silence", StoredSilenceJson.Default.StoredSilence, static row => row.Id, static row => row.EndsAt)
    {
        PastRows = SilenceStore.Most,
        Keep = static days => TimeSpan.FromDays(days),
    };

    public required string Id { get; init; }

    public required IReadOnlyList<string> Matchers { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required string CreatedBy { get; init; }

    public string Comment { get; init; } = "";

    public static StoredSilence Of(Silence silence) => new()
    {
        Id = silence.Id,
        Matchers = [.. silence.Matchers.Select(matcher => matcher.ToString())],
        StartsAt = silence.StartsAt,
        EndsAt = silence.EndsAt,
        CreatedBy = silence.CreatedBy,
        Comment = silence.Comment,
    };

    public Silence ToSilence() => new()
    {
        Id = Id,
        Matchers = Alerting.Matchers.Parse(Matchers),
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        CreatedBy = CreatedBy,
        Comment = Comment,
    };
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredSilence))]
internal sealed partial class StoredSilenceJson : JsonSerializerContext;
