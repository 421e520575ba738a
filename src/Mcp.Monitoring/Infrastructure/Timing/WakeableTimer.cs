namespace Mcp.Monitoring.Infrastructure.Timing;

/// <summary>The wait of a thread of its own, until a time or until it is woken. On the system's clock it needs no timer, and so no thread of the pool.</summary>
internal sealed class WakeableTimer(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly AutoResetEvent _woken = new(initialState: false);

    /// <summary>Ends the wait; any thread, also after the end, when nobody waits.</summary>
    public void Wake()
    {
        try
        {
            _woken.Set();
        }
        catch (ObjectDisposedException)
        {
            // Whoever waited has left, and who wakes could not know.
        }
    }

    public void Wait(TimeSpan duration)
    {
        TimeSpan wait = duration < TimeSpan.Zero ? TimeSpan.Zero : duration > Longest ? Longest : duration;
        if (ReferenceEquals(time, TimeProvider.System))
        {
            _woken.WaitOne(wait);
            return;
        }

        using ITimer timer = time.CreateTimer(static timer => ((WakeableTimer)timer!).Wake(), this, wait, Timeout.InfiniteTimeSpan);
        _woken.WaitOne();
    }

    public void Dispose() => _woken.Dispose();
}
