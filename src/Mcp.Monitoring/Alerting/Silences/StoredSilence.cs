using Mcp.Monitoring.Alerting.Storage;

namespace Mcp.Monitoring.Alerting.Silences;

/// <summary>A silence, with its matchers as they are written.</summary>
internal sealed record StoredSilence : StoreRow
{
    public required string Id { get; init; }

    public required IReadOnlyList<string> Matchers { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required string CreatedBy { get; init; }

    public string Comment { get; init; } = "";

    public override string Key => Id;

    public override DateTimeOffset? ClosedAt => EndsAt;

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
