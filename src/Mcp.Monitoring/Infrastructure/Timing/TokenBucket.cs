namespace Mcp.Monitoring.Infrastructure.Timing;

/// <summary>A token bucket: so many at once, and then one per interval.</summary>
internal sealed class TokenBucket(TimeSpan interval, int burst)
{
    // When the bucket will be full again.
    private TimeSpan _full = TimeSpan.MinValue;

    /// <summary>Gets how long to wait for the next token; zero if there is one.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        TimeSpan wait = _full <= now ? TimeSpan.Zero : _full - (interval * (burst - 1)) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    public void Take(TimeSpan now) => _full = (_full > now ? _full : now) + interval;
}
