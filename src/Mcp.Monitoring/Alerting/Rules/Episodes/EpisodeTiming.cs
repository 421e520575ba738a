namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>How long an alert outlives its condition, and its data.</summary>
internal sealed record EpisodeTiming
{
    public TimeSpan KeepFiringFor { get; init; }

    public NoDataMode NoData { get; init; }

    public TimeSpan NoDataResolveAfter { get; init; } = TimeSpan.FromHours(1);
}
