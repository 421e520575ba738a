using Mcp.Monitoring.Metrics.Registry;
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
    private const string Component = "alert_store";

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

    // What the open file held that this run did not put there, until all of it is written anew.
    private StateRows? _former;
    private bool _isGivenUp;
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
        _status.Tick(now);
        if (now < _nextTry && !closing && !_isGivenUp)
        {
            return _nextTry - now;
        }

        try
        {
            // Each time, and not only when it is due: what is done here must not hide what others did.
            if (_database is not null)
            {
                Look(now);
            }

            if (_database is null && !_isGivenUp)
            {
                Open(now);
            }

            if (_isGivenUp)
            {
                unsaved.Discard();
                return Forever;
            }

            Write(now);
            return Least(closing ? Forever : Purge(now), _nextLook - now);
        }
        catch (Exception fault)
        {
            Fail(now, fault);
            return _isGivenUp ? Forever : _nextTry - now;
        }
    }

    /// <summary>What is in the file comes too late to be read; any thread.</summary>
    public void Forgo() => Interlocked.CompareExchange(ref _rows, StateRows.Empty, comparand: null);

    /// <summary>What was read has gone to its owners, and need not be kept; any thread.</summary>
    public void Taken() => Volatile.Write(ref _rows, StateRows.Empty);

    public void Dispose() => Close();

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
                Hold();
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
        }
    }

    private void Open(TimeSpan now)
    {
        if (settings.IsOptional && Rows is null && !StatePath.IsWritable(file))
        {
            Log.KeptInMemory(logger, file);
            GiveUp();
            return;
        }

        StateDatabase database = StateDatabase.Open(file, tables, settings, out StateRows rows);
        bool isKnown = _watch.Opened() || _mirror.IsOfThisRun(rows);

        // Before anybody goes on with the rows: what is saved from then on is waited for.
        unsaved.Resume();
        if (Interlocked.CompareExchange(ref _rows, rows, comparand: null) is null)
        {
            Loaded(rows);
        }
        else if (isKnown || rows.IsEmpty)
        {
            _former = rows;
        }
        else
        {
            // What this run has done without it does not fit what another left.
            database.Dispose();
            SetAside("unread", "this run has not read what is in it");
            database = StateDatabase.Open(file, tables, settings, out _former);
            _watch.Opened();
        }

        _nextLook = now + settings.BetweenLooks;
        _purge.Start(now);
        if (database.Unwritable is { } fault)
        {
            database.Dispose();
            throw fault;
        }

        _database = database;
    }

    private void Loaded(StateRows rows)
    {
        _mirror.Load(rows);
        if (rows.Unreadable is var unreadable and > 0)
        {
            _unreadable.Add(unreadable);
            Log.RowsNotRead(logger, unreadable, file);
        }
    }

    private void Write(TimeSpan now)
    {
        if (unsaved.IsEmpty && !_status.IsFaulty && _former is null)
        {
            return;
        }

        StateChanges changes = unsaved.Take(out long ticket);
        _mirror.Add(changes);
        try
        {
            _database!.Write(_former is { } former ? _mirror.Everything(former) : changes);
        }
        catch (Exception)
        {
            unsaved.PutBack(changes);
            throw;
        }

        _former = null;
        _watch.Noted();
        unsaved.Written(ticket);
        _status.Written(now);
    }

    private TimeSpan Purge(TimeSpan now)
    {
        TimeSpan wait = _purge.Step(now, _database!, _mirror);
        if (wait == TimeSpan.Zero)
        {
            _watch.Noted();
        }

        return Least(wait, unsaved.IsSlow ? BetweenLocks : Forever);
    }

    private void Fail(TimeSpan now, Exception exception, string? problem = null)
    {
        StateFault fault = StateFaults.Of(exception);
        string reason = StateFaults.Reason(exception);
        bool isFirst = Rows is null;

        // A file that is full is still good; after anything else it is opened anew.
        if (fault != StateFault.Full)
        {
            Close();
        }

        if (fault == StateFault.Locked && isFirst && now < settings.LockLimit)
        {
            _nextTry = now + BetweenLocks;
            Await();
            Hold();
            return;
        }

        if (fault == StateFault.Damaged && TrySetAside(problem is null ? reason : $"{problem}: {reason}"))
        {
            _nextTry = now;
        }
        else
        {
            bool isFinal = isFirst && fault is StateFault.Locked or StateFault.Newer or StateFault.Foreign;
            _nextTry = now + settings.BetweenTries;
            _status.Failed(fault.Describe(file, exception, isFinal));
            if (fault == StateFault.Failed)
            {
                errors.Report(InternalErrors.Alerting, exception);
            }

            if (isFinal)
            {
                GiveUp();
            }
        }

        Hold();
        Forgo();
    }

    private void Await()
    {
        if (!_isLocked)
        {
            _isLocked = true;
            Log.StoreAwaited(logger, file, settings.LockLimit.TotalSeconds);
        }
    }

    private void GiveUp()
    {
        _isGivenUp = true;
        Hold();
        Forgo();
    }

    // Last: whoever waits goes on with it, and is to find out why.
    private void Hold() => _tooMany.Add(unsaved.Hold());

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
        StateDatabase? database = _database;
        _database = null;
        try
        {
            database?.Dispose();
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Alerting, fault);
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
