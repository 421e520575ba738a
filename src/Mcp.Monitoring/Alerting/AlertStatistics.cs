namespace Mcp.Monitoring.Alerting;

/// <summary>How many alerts and incidents there are.</summary>
public sealed record AlertStatistics
{
    /// <summary>Gets the alerts by state and severity; a pair without alerts is 0.</summary>
    public required IReadOnlyDictionary<(AlertState State, AlertSeverity Severity), int> Alerts { get; init; }

    /// <summary>Gets the incidents by state and severity; a pair without incidents is 0.</summary>
    public required IReadOnlyDictionary<(IncidentState State, AlertSeverity Severity), int> Incidents { get; init; }

    /// <summary>Gets how many active alerts are silenced.</summary>
    public required int Silenced { get; init; }

    /// <summary>Gets how many active alerts are taken for consequences of others.</summary>
    public required int Inhibited { get; init; }

    /// <summary>Gets how many raised alerts were dropped since the start because too many came at once.</summary>
    public required long Dropped { get; init; }

    internal static AlertStatistics Empty { get; } = Of([], [], silenced: 0, inhibited: 0, dropped: 0);

    internal static AlertStatistics Of(
        IEnumerable<(AlertState State, AlertSeverity Severity)> alerts,
        IEnumerable<(IncidentState State, AlertSeverity Severity)> incidents,
        int silenced,
        int inhibited,
        long dropped) => new()
        {
            Alerts = Count(alerts),
            Incidents = Count(incidents),
            Silenced = silenced,
            Inhibited = inhibited,
            Dropped = dropped,
        };

    private static Dictionary<(TState, AlertSeverity), int> Count<TState>(IEnumerable<(TState State, AlertSeverity Severity)> all)
        where TState : struct, Enum
    {
        var counts = new Dictionary<(TState, AlertSeverity), int>();
        foreach (TState state in Enum.GetValues<TState>())
        {
            foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
            {
                counts[(state, severity)] = 0;
            }
        }

        foreach (var one in all)
        {
            counts[one]++;
        }

        return counts;
    }
}
