namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Where a message stands.</summary>
internal enum OutboxState
{
    /// <summary>It waits, for the first attempt or another.</summary>
    Pending,

    /// <summary>A worker has claimed it.</summary>
    Sending,

    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>A newer one of its group says more, or it no longer matters.</summary>
    Superseded,

    /// <summary>It will not arrive.</summary>
    Dead,
}
