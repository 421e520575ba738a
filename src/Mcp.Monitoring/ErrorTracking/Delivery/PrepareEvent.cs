namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>Makes an event ready on the sending thread, just before it is written.</summary>
/// <returns>The event to write; <see langword="null"/> if it is not to be sent, for the reason given.</returns>
internal delegate SentryEvent? PrepareEvent(SentryEvent item, out DiscardReason reason);
