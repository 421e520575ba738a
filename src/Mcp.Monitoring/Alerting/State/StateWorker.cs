using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>
/// Opens the file, writes what waits, tries again what failed, purges what is old, sees what others do to it. One thread; it never waits itself, but says how long there is nothing to
/// do. No fault of the file is thrown: what cannot be written is kept.
/// </summary>
internal sealed class StateWorker(
    string file, IReadOnlyList<StateTable> tables, UnsavedChanges unsaved, StateSettings settings, MetricsRegistry registry, InternalErrors errors, ILogger logger, TimeProvider time) : IDisposable
{
    public const string Component = "alert_store";

    private static readonly TimeSpan BetweenLocks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private readonly Counter _unreadable = registry.Dropped.With(Component, "unreadable");
    private readonly Counter _tooMany = registry.Dropped.With(Component, "too_many_unsaved");
    private readonly long _start = time.GetTimestamp();
    private readonly StateMirror _mirror = new(tables);
    private readonly StateWatch _watch = new(file);
    private readonly StateStatus _status = new(file, settings.TellNews, logger);
    private readonly StatePurge _purge = new(tables, settings, time);
    private StateDatabase? _database;
    private bool _isGivenUp;
    private bool _isAnew;
    private TimeSpan _nextTry;
    private TimeSpan _nextLook;
    private StateRows? _rows;
    private volatile bool _isLocked;

    /// <summary>Gets what was read, once the file was opened or will not be; any thread.</summary>
    public StateRows? Rows => Volatile.Read(ref _rows);

    /// <summary>Gets why nothing is written, or what was lost lately; any thread.</summary>
    public string? Degraded => _status.Degraded;

    /// <summary>Gets whether another process has the file, and may soon be done with it; any thread.</summary>
    public bool IsLocked => _isLocked && Rows is null;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Does what is to be done now.</summary>
    /// <param name="closing">Whether this is the last time.</param>
    /// <returns>How long there is nothing to do, unless more is saved.</returns>
    public TimeSpan Step(bool closing = false)
    {
        TimeSpan now = Now;
        _status.Advance(now);
        if (_isGivenUp)
        {
            unsaved.Discard();
            return Forever;
        }

        if (now < _nextTry && !closing)
        {
            return _nextTry - now;
        }

        // Each time, and not only when it is due: what is done here must not hide what others did.
        if (_database is not null)
        {
            Look(now);
        }

        if (_database is null && !TryOpen(now))
        {
            return _isGivenUp ? Forever : Least(_nextTry - now, settings.BetweenTries);
        }

        return Write(now) ? Least(Purge(now, closing), _nextLook - now) : settings.BetweenTries;
    }

    /// <summary>What is in the file comes too late to be read; any thread.</summary>
    public void Forgo() => Interlocked.CompareExchange(ref _rows, StateRows.Empty, comparand: null);

    public void Dispose()
    {
        StateDatabase? database = _database;
        _database = null;
        database?.Dispose();
    }

    private void Look(TimeSpan now)
    {
        _nextLook = now + settings.BetweenLooks;
        StateIntrusion intrusion = _watch.Find(out string problem);
        _status.Warn(intrusion == StateIntrusion.Locked ? problem : null);
        switch (intrusion)
        {
            case StateIntrusion.Lost:
                _database!.MoveOut();
                Close();
                _watch.Clear();
                _status.Lost(problem);
                Hold(new StateChanges());
                break;
            case StateIntrusion.Written:
                CheckAgain(now, problem);
                break;
            default:
                break;
        }
    }

    // A backup that only touched it has done no harm.
    private void CheckAgain(TimeSpan now, string problem)
    {
        try
        {
            _database!.CheckAgain();
            _watch.Noted();
        }
        catch (SqliteException fault)
        {
            Fail(now, fault, problem);
            Hold(new StateChanges());
        }
    }

    private bool TryOpen(TimeSpan now)
    {
        try
        {
            if (settings.IsOptional && Rows is null && !StatePath.IsWritable(file))
            {
                Log.KeptInMemory(logger, file);
                _isGivenUp = true;
                GoOnWithout();
                return false;
            }

            StateFile.Create(file);
            Opened(StateDatabase.Open(file, tables, settings, out SqliteException? writing), ref writing);
            _nextLook = now + settings.BetweenLooks;
            _purge.Start(now);
            if (writing is not null)
            {
                Close();
                Fail(now, writing);
                Hold(new StateChanges());
                return false;
            }

            unsaved.Resume();
            return true;
        }
        catch (Exception fault)
        {
            Refused(now, fault);
            return _database is not null;
        }
    }

    private void Opened(StateDatabase database, ref SqliteException? writing)
    {
        bool isKnown = _watch.Opened() || _mirror.IsOfThisRun(database.Rows);
        if (Interlocked.CompareExchange(ref _rows, database.Rows, comparand: null) is null)
        {
            Loaded(database);
        }
        else if (!isKnown && !database.Rows.IsEmpty)
        {
            // What this run has done without it does not fit what another left.
            database.Dispose();
            SetAside("unread", "this run has not read what is in it");
            database = StateDatabase.Open(file, tables, settings, out writing);
            _watch.Opened();
            _isAnew = true;
        }
        else
        {
            _isAnew = true;
        }

        _database = database;
    }

    private void Loaded(StateDatabase database)
    {
        if (database.Rows.Unreadable is var unreadable and > 0)
        {
            _unreadable.Add(unreadable);
            Log.RowsNotRead(logger, unreadable, file);
        }

        _mirror.Load(database.Rows);
    }

    private void Refused(TimeSpan now, Exception exception)
    {
        StateFault fault = StateFaults.Of(exception);
        bool isFirst = Rows is null;
        switch (fault)
        {
            case StateFault.Locked when isFirst && now < settings.LockLimit:
                TellOfLock();
                _nextTry = now + BetweenLocks;
                return;
            case StateFault.Locked or StateFault.Newer or StateFault.Foreign when isFirst:
                _isGivenUp = true;
                break;
            case StateFault.Damaged when TrySetAside(StateFaults.Reason(exception)):
                Forgo();
                _nextTry = now;
                return;
            default:
                break;
        }

        Tell(now, fault, exception);
        GoOnWithout();
    }

    private void TellOfLock()
    {
        if (!_isLocked)
        {
            _isLocked = true;
            Log.StoreAwaited(logger, file, settings.LockLimit.TotalSeconds);
        }
    }

    // Last: whoever waits goes on with it, and is to find out why.
    private void GoOnWithout()
    {
        Hold(new StateChanges());
        Forgo();
    }

    private bool Write(TimeSpan now)
    {
        if (unsaved.IsEmpty && !_status.IsFaulty && !_isAnew)
        {
            return true;
        }

        StateChanges changes = unsaved.Take(out long ticket);
        _mirror.Add(changes);
        try
        {
            _database!.Write(_isAnew ? _mirror.Everything(_database.Rows) : changes);
        }
        catch (Exception exception)
        {
            Fail(now, exception);

            // Last: whoever waits goes on with it, and is to find out why.
            Hold(changes);
            return false;
        }

        _isAnew = false;
        _watch.Noted();
        unsaved.Written(ticket);
        _status.Written(now);
        return true;
    }

    // A file that is full is still good; after anything else it is opened anew.
    private void Fail(TimeSpan now, Exception exception, string? problem = null)
    {
        StateFault fault = StateFaults.Of(exception);
        if (fault != StateFault.Full)
        {
            Close();
        }

        string reason = StateFaults.Reason(exception);
        if (fault == StateFault.Damaged && TrySetAside(problem is null ? reason : $"{problem}: {reason}"))
        {
            _nextTry = now;
            return;
        }

        Tell(now, fault, exception);
    }

    private TimeSpan Purge(TimeSpan now, bool closing)
    {
        if (closing)
        {
            return Forever;
        }

        try
        {
            TimeSpan wait = _purge.Step(now, _database!, _mirror);
            if (wait == TimeSpan.Zero)
            {
                _watch.Noted();
            }

            return Least(wait, unsaved.IsSlow ? BetweenLocks : Forever);
        }
        catch (Exception exception)
        {
            _purge.Stop(now);
            Fail(now, exception);
            Hold(new StateChanges());
            return Least(_nextTry - now, settings.BetweenTries);
        }
    }

    private void Tell(TimeSpan now, StateFault fault, Exception exception)
    {
        _nextTry = now + settings.BetweenTries;
        _status.Failed(fault.Describe(file, exception, isFinal: _isGivenUp));
        if (fault == StateFault.Failed)
        {
            errors.Report(InternalErrors.Alerting, exception);
        }
    }

    private bool TrySetAside(string problem)
    {
        try
        {
            SetAside("corrupt", $"it was damaged: {problem}");
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.Report(InternalErrors.Alerting, fault);
            return false;
        }
    }

    private void SetAside(string why, string problem) =>
        _status.SetAside(StateFile.SetAside(file, why, time.GetUtcNow()), problem, isForgotten: Rows is null, Now);

    private void Close()
    {
        try
        {
            Dispose();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Alerting, fault);
        }
    }

    // Nobody waits for what cannot be written now.
    private void Hold(StateChanges changes) => _tooMany.Add(unsaved.Hold(changes));

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
