namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// Asks the observable instruments on a thread of its own, for they are the application's code: one that hangs costs a scrape one wait and then only the
/// observable instruments, until it comes back.
/// </summary>
internal sealed class ObservableCollector(Action collect, TimeSpan longestWait) : IDisposable
{
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Thread? _thread;
    private bool _isAsked;
    private volatile bool _isStopped;

    /// <summary>Gets whether the last time asked has been answered; asked by one scrape at a time, as all of this.</summary>
    public bool IsIdle
    {
        get
        {
            _isAsked = _isAsked && !_done.Wait(TimeSpan.Zero);
            return !_isAsked;
        }
    }

    /// <summary>Asks, when idle, and waits for the answer.</summary>
    /// <returns>Whether all have answered in time.</returns>
    public bool Query()
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "Mcp.Monitoring observable instruments" };
            // Not with the context of the scrape that happens to be the first.
            _thread.UnsafeStart();
        }

        _asked.Release();
        _isAsked = !_done.Wait(longestWait);
        return !_isAsked;
    }

    public void Dispose()
    {
        // Not waited for, since it may hang; nor are the semaphores disposed, which it may still need.
        _isStopped = true;
        _asked.Release();
    }

    private void Run()
    {
        while (true)
        {
            _asked.Wait();
            if (_isStopped)
            {
                return;
            }

            collect();
            _done.Release();
        }
    }
}
