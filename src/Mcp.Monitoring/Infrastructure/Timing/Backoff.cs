namespace Mcp.Monitoring.Infrastructure.Timing;

/// <summary>How long to wait before another attempt: twice as long each time up to the longest, times a jitter, so that many do not return at once.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">The longest wait, before the jitter.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>Gets what a wait is multiplied by; the default is 1, none.</summary>
    public Func<double> Jitter { get; init; } = static () => 1;

    /// <summary>A jitter between two factors.</summary>
    public static Func<double> Between(double least, double most) => () => least + ((most - least) * Random.Shared.NextDouble());

    /// <param name="failures">How many attempts have failed in a row, from 1.</param>
    public TimeSpan After(int failures) => TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Longest.TotalSeconds) * Jitter());
}
