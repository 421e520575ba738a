namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>Numbers that only rise, over restarts as well.</summary>
internal sealed class Generations(AlertClock clock)
{
    private long _last;

    /// <summary>Gets the number of all that is told in one step: what several channels are told at once has the same.</summary>
    public long OfStep { get; private set; }

    public void BeginStep() => OfStep = Next();

    public long Next() => _last = Math.Max(_last + 1, clock.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Takes note of one from a former run.</summary>
    public void Seen(long generation) => _last = Math.Max(_last, generation);
}
