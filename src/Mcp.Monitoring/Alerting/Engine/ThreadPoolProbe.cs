namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Finds out whether the thread pool still runs what it is given. The engine's thread asks; it costs a work item each few seconds.</summary>
/// <param name="clock">The time.</param>
/// <param name="queue">Gives the pool something to run; it must not wait.</param>
internal sealed class ThreadPoolProbe(AlertClock clock, Action<Action> queue)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile bool _isAnswered = true;
    private TimeSpan _asked;

    /// <summary>Gets whether the last question has waited for more than a second.</summary>
    public bool IsStarved => !_isAnswered && clock.Now - _asked > Patience;

    /// <summary>Asks anew, if the last question was answered.</summary>
    public void Probe()
    {
        if (_isAnswered)
        {
            _isAnswered = false;
            _asked = clock.Now;
            queue(() => _isAnswered = true);
        }
    }
}
