namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Where a queued notification stands.</summary>
internal enum DeliveryState
{
    /// <summary>It waits, for the first attempt or another.</summary>
    Pending,

    /// <summary>It is saved that its channel has been, or is about to be, called with it.</summary>
    Sending,

    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>A newer one of its group says more, or it no longer matters.</summary>
    Superseded,

    /// <summary>It will not arrive.</summary>
    Dead,
}
