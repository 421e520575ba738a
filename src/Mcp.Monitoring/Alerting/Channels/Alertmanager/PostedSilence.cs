namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>A silence as Alertmanager is told of it.</summary>
internal sealed record PostedSilence
{
    public required IReadOnlyList<LabelMatcher> Matchers { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required string CreatedBy { get; init; }

    public required string Comment { get; init; }
}
