namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>Calls a channel, whatever the channel does.</summary>
internal interface ISender
{
    /// <summary>Gets whether it can call now.</summary>
    bool IsReady { get; }

    /// <summary>Calls, and returns when it has ended or been given up. Never throws.</summary>
    Attempted Call(Func<CancellationToken, DeliveryResult> send);
}
