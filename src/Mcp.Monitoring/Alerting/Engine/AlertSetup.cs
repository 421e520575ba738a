namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What alerts need to know of the rest of the settings.</summary>
/// <param name="Options">Their own section.</param>
/// <param name="Thresholds">The limits that rules share with others.</param>
/// <param name="Service">The name of the service.</param>
/// <param name="HasServiceLabel">Whether alerts carry it as <c>mcp_service</c>.</param>
/// <param name="Version">The version of the application.</param>
/// <param name="MetricsPrefix">How the names of our metrics begin for users.</param>
/// <param name="Runbooks">Where the runbooks of the catalogue can be read, if anywhere.</param>
internal sealed record AlertSetup(AlertOptions Options, ThresholdOptions Thresholds, string Service, bool HasServiceLabel, string? Version, string MetricsPrefix, string? Runbooks = null)
{
    /// <summary>Gets what makes the link of a message that acknowledges an incident, by its number and when it was opened.</summary>
    public Func<int, DateTimeOffset, string?>? AcknowledgeLink { get; init; }
}
