namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>How an attempt ended.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="HasHung">Whether it never ended, and was left to itself.</param>
internal readonly record struct Attempted(DeliveryResult Result, bool HasHung = false);
