namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>What readers see: alerts, incidents and silences as they stood at the end of a step. Any thread.</summary>
internal sealed record AlertSnapshot
{
    public static AlertSnapshot Empty { get; } = new() { Statistics = AlertStatistics.Empty };

    /// <summary>Gets the alerts that go on, then those that are over, the worst and newest first.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    public IReadOnlyList<Silence> Silences { get; init; } = [];

    public required AlertStatistics Statistics { get; init; }
}
