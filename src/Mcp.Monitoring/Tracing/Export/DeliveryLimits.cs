namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How long a batch is on its way to one receiver.</summary>
internal sealed record DeliveryLimits
{
    /// <summary>Gets how long a batch that the receiver does not take is kept.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long one request may take.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets what a wait is multiplied by, so that many servers do not return at once.</summary>
    public Func<double> Jitter { get; init; } = static () => 0.8 + (0.4 * Random.Shared.NextDouble());

    public TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, failures - 1), LongestBackoff.TotalSeconds) * Jitter());
}
