namespace Mcp.Monitoring.Alerting;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Its condition holds, but not yet for long enough.</summary>
    Pending,

    /// <summary>It has held for long enough.</summary>
    Firing,

    /// <summary>It is over.</summary>
    Resolved,
}
