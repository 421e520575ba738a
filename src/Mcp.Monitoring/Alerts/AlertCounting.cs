using Mcp.Monitoring.Alerts.Incidents;

namespace Mcp.Monitoring.Alerts;

/// <summary>Counts alerts and incidents by state and severity.</summary>
internal static class AlertCounting
{
    public static AlertStatistics Of(IReadOnlyList<Alert> alerts, IReadOnlyList<Incident> incidents, long dropped)
    {
        Dictionary<(AlertState State, AlertSeverity Severity), int> byState = Zeros<AlertState>();
        Dictionary<(IncidentState State, AlertSeverity Severity), int> ofIncidents = Zeros<IncidentState>();
        int silenced = 0;
        int inhibited = 0;
        foreach (Alert alert in alerts)
        {
            byState[(alert.State, alert.Severity)]++;
            silenced += alert is { IsSilenced: true, State: not AlertState.Resolved } ? 1 : 0;
            inhibited += alert is { IsInhibited: true, State: not AlertState.Resolved } ? 1 : 0;
        }

        foreach (Incident incident in incidents)
        {
            ofIncidents[(incident.State, incident.Severity)]++;
        }

        return new AlertStatistics { Alerts = byState, Incidents = ofIncidents, Silenced = silenced, Inhibited = inhibited, Dropped = dropped };
    }

    private static Dictionary<(TState State, AlertSeverity Severity), int> Zeros<TState>()
        where TState : struct, Enum
        => (from state in Enum.GetValues<TState>() from severity in Enum.GetValues<AlertSeverity>() select (state, severity)).ToDictionary(pair => pair, _ => 0);
}
