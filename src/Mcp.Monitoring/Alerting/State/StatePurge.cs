namespace Mcp.Monitoring.Alerting.State;

/// <summary>Deletes what has been over for longer than it is kept, a little at a time, so that what is saved meanwhile does not wait.</summary>
internal sealed class StatePurge(IReadOnlyList<StateTable> tables, StateSettings settings, TimeProvider time)
{
    private TimeSpan _next;
    private int _table;
    private bool _isShrinking;

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

    public void Stop(TimeSpan now)
    {
        _table = 0;
        _isShrinking = false;
        _next = now + settings.BetweenPurges;
    }

    /// <returns>How long there is nothing to do.</returns>
    public TimeSpan Step(TimeSpan now, StateDatabase database, StateMirror mirror)
    {
        if (now < _next)
        {
            return _next - now;
        }

        if (_isShrinking)
        {
            if (!database.Shrink())
            {
                Stop(now);
                return _next - now;
            }

            return TimeSpan.Zero;
        }

        StateTable table = tables[_table];
        TimeSpan keep = table.Keep(settings.RetentionDays());
        if (keep == TimeSpan.MaxValue || !Purge(table, time.GetUtcNow() - keep, database, mirror))
        {
            _table++;
            _isShrinking = _table == tables.Count;
        }

        return TimeSpan.Zero;
    }

    private bool Purge(StateTable table, DateTimeOffset before, StateDatabase database, StateMirror mirror)
    {
        mirror.Purge(table, before);
        return database.Purge(table, before, settings.PurgeBatch) > 0;
    }
}
