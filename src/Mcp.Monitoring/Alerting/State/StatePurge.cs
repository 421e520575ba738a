namespace Mcp.Monitoring.Alerting.State;

/// <summary>Deletes what has been over for longer than it is kept, a little at a time, so that what is saved meanwhile does not wait.</summary>
internal sealed class StatePurge(IReadOnlyList<StateTable> tables, StateSettings settings, TimeProvider time)
{
    private TimeSpan _next;
    private int _table;

    /// <summary>Gets whether the file has been opened in this run.</summary>
    public bool IsStarted { get; private set; }

    public void Start(TimeSpan now)
    {
        if (!IsStarted)
        {
            IsStarted = true;
            _next = now + settings.FirstPurge;
        }
    }

    /// <returns>How long there is nothing to do.</returns>
    public TimeSpan Step(TimeSpan now, StateDatabase database, StateMirror mirror)
    {
        if (now < _next)
        {
            return _next - now;
        }

        try
        {
            if (HasMore(database, mirror))
            {
                return TimeSpan.Zero;
            }
        }
        catch (Exception)
        {
            Stop(now);
            throw;
        }

        Stop(now);
        return _next - now;
    }

    private void Stop(TimeSpan now)
    {
        _table = 0;
        _next = now + settings.BetweenPurges;
    }

    // First what is too old, then the room of it.
    private bool HasMore(StateDatabase database, StateMirror mirror)
    {
        if (_table == tables.Count)
        {
            return database.Shrink();
        }

        StateTable table = tables[_table];
        TimeSpan keep = table.Keep(settings.RetentionDays());
        if (keep == TimeSpan.MaxValue || !Purge(table, time.GetUtcNow() - keep, database, mirror))
        {
            _table++;
        }

        return true;
    }

    private bool Purge(StateTable table, DateTimeOffset before, StateDatabase database, StateMirror mirror)
    {
        mirror.Purge(table, before);
        return database.Purge(table, before, settings.PurgeBatch) > 0;
    }
}
