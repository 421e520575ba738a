namespace Mcp.Monitoring.Alerting.State;

/// <summary>Changes on their way to the file: whatever waits is one transaction, and whoever saved waits until it is done. Any thread.</summary>
internal sealed class UnsavedChanges(int most, TimeProvider time)
{
    private readonly object _gate = new();
    private StateChanges _waiting = new();
    private long _added;
    private long _written;
    private bool _isHeld = true;
    private bool _isSlow;

    /// <summary>Gets whether somebody waited for longer than the limit, and it has not caught up since.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate)
            {
                return _isSlow;
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _waiting.IsEmpty;
            }
        }
    }

    /// <returns>Up to where it must be written.</returns>
    public long Add(StateChanges changes)
    {
        lock (_gate)
        {
            _waiting.Add(changes);
            return ++_added;
        }
    }

    /// <summary>Waits until it is written, or is held in memory because nothing can be.</summary>
    public void Wait(long ticket, TimeSpan limit)
    {
        long start = time.GetTimestamp();
        lock (_gate)
        {
            while (_written < ticket && !_isHeld && !_isSlow)
            {
                TimeSpan left = limit - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    _isSlow = true;
                    return;
                }

                WaitForNews(left);
            }
        }
    }

    // On the system's clock it needs no timer, and so no thread of the pool.
    private void WaitForNews(TimeSpan limit)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            Monitor.Wait(_gate, limit);
            return;
        }

        using ITimer timer = time.CreateTimer(
            static gate =>
            {
                lock (gate!)
                {
                    Monitor.PulseAll(gate);
                }
            },
            _gate, limit, Timeout.InfiniteTimeSpan);
        Monitor.Wait(_gate);
    }

    /// <summary>Takes what waits.</summary>
    public StateChanges Take(out long ticket)
    {
        lock (_gate)
        {
            StateChanges taken = _waiting;
            _waiting = new StateChanges();
            ticket = _added;
            return taken;
        }
    }

    public void Written(long ticket)
    {
        lock (_gate)
        {
            _written = ticket;
            _isHeld = false;
            _isSlow &= _written < _added;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was taken could not be written: it waits again, under what came since.</summary>
    public void PutBack(StateChanges taken)
    {
        lock (_gate)
        {
            taken.Add(_waiting);
            _waiting = taken;
        }
    }

    /// <summary>Nothing can be written for now: what waits is kept, and nobody waits for it.</summary>
    /// <returns>How many rows were given up because they are too many.</returns>
    public int Hold()
    {
        lock (_gate)
        {
            _isHeld = true;
            _isSlow = false;
            Monitor.PulseAll(_gate);
            return _waiting.Rows.Count > most ? _waiting.ForgetClosed() : 0;
        }
    }

    /// <summary>Somebody will write again: whoever saves waits.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _isHeld = false;
        }
    }

    /// <summary>Nothing will be written any more.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }
    }
}
