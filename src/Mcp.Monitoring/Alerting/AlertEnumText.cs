namespace Mcp.Monitoring.Alerting;

/// <summary>The label values of the closed lists.</summary>
internal static class AlertEnumText
{
    public static string Label(this AlertSeverity severity) => severity switch
    {
        AlertSeverity.Low => "low",
        AlertSeverity.Medium => "medium",
        AlertSeverity.High => "high",
        AlertSeverity.Critical => "critical",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, message: null),
    };

    public static string Label(this AlertState state) => state switch
    {
        AlertState.Pending => "pending",
        AlertState.Firing => "firing",
        AlertState.Resolved => "resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static string Label(this IncidentState state) => state switch
    {
        IncidentState.Triggered => "triggered",
        IncidentState.Acknowledged => "acknowledged",
        IncidentState.Resolved => "resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
