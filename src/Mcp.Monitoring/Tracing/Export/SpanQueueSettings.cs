namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How spans wait for one receiver.</summary>
/// <param name="Capacity">How many of them.</param>
/// <param name="Interval">How long they wait for a batch to become full.</param>
internal sealed record SpanQueueSettings(int Capacity, TimeSpan Interval)
{
    /// <summary>Gets how long the end of the host waits.</summary>
    public TimeSpan CloseLimit { get; init; } = TimeSpan.FromSeconds(5);
}
