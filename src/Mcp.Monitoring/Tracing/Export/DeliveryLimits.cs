using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How long a batch is on its way to one receiver.</summary>
internal sealed record DeliveryLimits
{
    /// <summary>Gets how long a batch that the receiver does not take is kept.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long one request may take.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long to wait for the next try.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)) { Jitter = Backoff.Between(0.8, 1.2) };
}
