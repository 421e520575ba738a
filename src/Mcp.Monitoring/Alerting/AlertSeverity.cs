namespace Mcp.Monitoring.Alerting;

/// <summary>How much an alert matters, from the least.</summary>
public enum AlertSeverity
{
    /// <summary>Seen on the page and in the log.</summary>
    Low,

    /// <summary>Worth a look in working hours; told without sound.</summary>
    Medium,

    /// <summary>Worth a look now.</summary>
    High,

    /// <summary>Worth waking somebody; it makes an incident.</summary>
    Critical,
}
