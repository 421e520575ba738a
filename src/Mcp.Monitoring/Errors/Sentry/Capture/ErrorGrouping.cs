namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>
/// Errors of one operation and one type, counted on the requests' threads before an event is made of them. Rougher than a fingerprint: it keeps a storm
/// of errors from filling the queue.
/// </summary>
internal sealed class ErrorGrouping
{
    private long _end = long.MinValue;
    private int _admitted;
    private long _more;
    private long _moreBefore;
    private EventWindow? _last;

    /// <summary>Gets or sets the minute of the last event that was sent.</summary>
    public EventWindow? Last
    {
        get => Volatile.Read(ref _last);
        set => Volatile.Write(ref _last, value);
    }

    /// <summary>Takes an error, or counts it.</summary>
    public bool TryAcquire(long now, long minute, int budget)
    {
        lock (this)
        {
            if (now >= _end)
            {
                _moreBefore += _more;
                _more = 0;
                _admitted = 0;
                _end = now + minute;
            }

            if (_admitted < budget)
            {
                _admitted++;
                return true;
            }

            _more++;
            return false;
        }
    }

    /// <summary>Hands out how many were not taken in minutes that are over, once an event was sent that they can be told with.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether the minute that is not over counts as well.</param>
    /// <param name="isDone">Whether its minute is over and nothing is left to tell.</param>
    public long TakeMore(long now, bool isLast, out bool isDone)
    {
        lock (this)
        {
            bool isOver = now >= _end || isLast;
            long more = isOver ? _more + _moreBefore : _moreBefore;
            if (Last is null)
            {
                isDone = isOver && more == 0;
                return 0;
            }

            isDone = isOver;
            _moreBefore = 0;
            _more = isOver ? 0 : _more;
            return more;
        }
    }
}
