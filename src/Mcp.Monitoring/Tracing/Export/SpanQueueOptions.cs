namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How spans wait for one receiver.</summary>
internal sealed record SpanQueueOptions
{
    public int Capacity { get; init; } = 2_048;

    public int BatchSize { get; init; } = 512;

    /// <summary>Gets how long spans wait for a batch to become full.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a batch that the receiver does not take is kept.</summary>
    public TimeSpan KeepRefused { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how long the end of the host waits.</summary>
    public TimeSpan CloseLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets what a wait is multiplied by, so that many servers do not return at once.</summary>
    public Func<double> Jitter { get; init; } = static () => 0.8 + (0.4 * Random.Shared.NextDouble());

    public TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, failures - 1), LongestBackoff.TotalSeconds) * Jitter());
}
