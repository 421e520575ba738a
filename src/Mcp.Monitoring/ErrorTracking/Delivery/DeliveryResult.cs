namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>How the delivery of an envelope ended: arrived, or dropped for a reason that Sentry has, or has not, counted already.</summary>
internal readonly record struct DeliveryResult(DiscardReason? Reason, bool IsCountedBySentry = false)
{
    public static DeliveryResult Arrived => default;
}
