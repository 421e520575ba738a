namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>Numbers that only rise, over restarts as well.</summary>
internal sealed class Generations(AlertClock clock)
{
    public long Last { get; private set; }

    public long Next() => Last = Math.Max(Last + 1, clock.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Takes note of one from a former run.</summary>
    public void Seen(long generation) => Last = Math.Max(Last, generation);
}
