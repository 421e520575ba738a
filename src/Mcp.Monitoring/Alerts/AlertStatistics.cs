namespace Mcp.Monitoring.Alerts;

/// <summary>How many alerts and incidents there are.</summary>
public sealed record AlertStatistics
{
    /// <summary>Gets the alerts by state and severity; a pair without alerts is 0.</summary>
    public required IReadOnlyDictionary<(AlertState State, AlertSeverity Severity), int> Alerts { get; init; }

    /// <summary>Gets the incidents by state and severity; a pair without incidents is 0.</summary>
    public required IReadOnlyDictionary<(Incidents.IncidentState State, AlertSeverity Severity), int> Incidents { get; init; }

    /// <summary>Gets how many active alerts are silenced.</summary>
    public required int Silenced { get; init; }

    /// <summary>Gets how many active alerts are taken for consequences of others.</summary>
    public required int Inhibited { get; init; }

    /// <summary>Gets how many raised alerts were dropped since the start because too many came at once.</summary>
    public required long Dropped { get; init; }
}
