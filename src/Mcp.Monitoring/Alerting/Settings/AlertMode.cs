namespace Mcp.Monitoring.Alerting;

/// <summary>Who evaluates rules, and who tells people.</summary>
public enum AlertMode
{
    /// <summary>This process does both: right for one replica, or where each may tell of itself.</summary>
    InProcess,

    /// <summary>Rules are evaluated here, and a real Alertmanager groups, routes, silences and tells: right for several replicas.</summary>
    Forward,

    /// <summary>Prometheus evaluates rules over all replicas; here only what a process alone knows of itself is judged.</summary>
    RulesOnly,
}
