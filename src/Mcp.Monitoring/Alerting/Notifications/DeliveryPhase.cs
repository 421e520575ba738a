namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What is wanted of the delivery queue.</summary>
internal enum DeliveryPhase
{
    /// <summary>Channels are checked, and sent what is due.</summary>
    Running,

    /// <summary>Nothing but test messages is sent: the host does not run.</summary>
    Testing,

    /// <summary>Nothing but to send what is due: the host stops.</summary>
    Draining,

    /// <summary>Nothing is sent any more; what has come of calls is saved.</summary>
    Closed,
}
