using Mcp.Monitoring.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>
/// Opens the file, writes what waits, tries again what failed, purges what is old. One thread; it never waits itself, but says how long there is nothing to do. No fault
/// of the file is thrown: what cannot be written is kept.
/// </summary>
internal sealed class StoreWorker(string file, UnsavedChanges unsaved, StoreSettings settings, TimeProvider time, InternalErrors errors, StoreLosses losses, ILogger logger) : IDisposable
{
    private static readonly TimeSpan BetweenLocks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private readonly long _start = time.GetTimestamp();
    private readonly StorePurge _purge = new(settings, time);
    private AlertDatabase? _database;
    private bool _isGivenUp;
    private TimeSpan _nextTry;
    private string? _fault;
    private string? _setAside;
    private TimeSpan _setAsideUntil;
    private StoredRows? _rows;

    /// <summary>Gets what was read, once the file was opened or will not be; any thread.</summary>
    public StoredRows? Rows => Volatile.Read(ref _rows);

    /// <summary>Gets why nothing is written, or what was lost lately; any thread.</summary>
    public string? Degraded => Volatile.Read(ref _fault) ?? Volatile.Read(ref _setAside);

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Does what is to be done now.</summary>
    /// <param name="closing">Whether this is the last time.</param>
    /// <returns>How long there is nothing to do, unless more is saved.</returns>
    public TimeSpan Step(bool closing = false)
    {
        TimeSpan now = Now;
        if (_setAside is not null && now >= _setAsideUntil)
        {
            Volatile.Write(ref _setAside, null);
        }

        if (_isGivenUp)
        {
            unsaved.Discard();
            return Forever;
        }

        if (now < _nextTry && !closing)
        {
            return _nextTry - now;
        }

        if (_database is null && !TryOpen(now))
        {
            return _isGivenUp ? Forever : Least(_nextTry - now, settings.BetweenTries);
        }

        return Write(now) ? Purge(now, closing) : settings.BetweenTries;
    }

    public void Dispose()
    {
        AlertDatabase? database = _database;
        _database = null;
        database?.Dispose();
    }

    private bool TryOpen(TimeSpan now)
    {
        try
        {
            if (settings.IsOptional && Rows is null && !StorePath.IsWritable(file))
            {
                Log.KeptInMemory(logger, file);
                _isGivenUp = true;
                GoOnWithout();
                return false;
            }

            StoreFile.Create(file);
            AlertDatabase database = AlertDatabase.Open(file, settings, out SqliteException? writing);
            if (Rows is null)
            {
                Loaded(database);
            }
            else if (_fault is not null && !_purge.IsStarted && !database.Rows.IsEmpty)
            {
                // What this run has done without it does not fit what the former one left.
                database.Dispose();
                SetAside("unread", "it could not be read at the start");
                database = AlertDatabase.Open(file, settings, out writing);
            }

            _database = database;
            _purge.Start(now);
            if (writing is not null)
            {
                Close();
                Fail(now, writing);
                losses.Forgotten(unsaved.Hold(new StoreChanges()));
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

    private void Loaded(AlertDatabase database)
    {
        if (database.Unreadable > 0)
        {
            losses.Unreadable(database.Unreadable);
            Log.RowsNotRead(logger, database.Unreadable, file);
        }

        Volatile.Write(ref _rows, database.Rows);
    }

    private void Refused(TimeSpan now, Exception exception)
    {
        StoreFault fault = StoreFaults.Of(exception);
        switch (fault)
        {
            case StoreFault.Locked when Rows is null && now < settings.LockLimit:
                _nextTry = now + BetweenLocks;
                return;
            case StoreFault.Locked when Rows is null:
            case StoreFault.Newer or StoreFault.Foreign:
                _isGivenUp = true;
                break;
            case StoreFault.Damaged when TrySetAside(exception.Message):
                Volatile.Write(ref _rows, Rows ?? StoredRows.Empty);
                _nextTry = now;
                return;
            default:
                break;
        }

        Tell(now, fault, exception);
        GoOnWithout();
    }

    // Last: whoever waits goes on with it, and is to find out why.
    private void GoOnWithout()
    {
        losses.Forgotten(unsaved.Hold(new StoreChanges()));
        Volatile.Write(ref _rows, Rows ?? StoredRows.Empty);
    }

    private bool Write(TimeSpan now)
    {
        if (unsaved.IsEmpty && _fault is null)
        {
            return true;
        }

        StoreChanges changes = unsaved.Take(out long ticket);
        try
        {
            _database!.Write(changes);
        }
        catch (Exception exception)
        {
            Fail(now, exception);

            // Last: whoever waits goes on with it, and is to find out why.
            losses.Forgotten(unsaved.Hold(changes));
            return false;
        }

        unsaved.Written(ticket);
        if (_fault is not null)
        {
            Volatile.Write(ref _fault, null);
            Log.StoreRecovered(logger, file);
        }

        return true;
    }

    // A file that is full is still good; after anything else it is opened anew.
    private void Fail(TimeSpan now, Exception exception)
    {
        StoreFault fault = StoreFaults.Of(exception);
        if (fault != StoreFault.Full)
        {
            Close();
        }

        if (fault == StoreFault.Damaged && TrySetAside(exception.Message))
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
            return Least(_purge.Step(now, _database!), unsaved.IsSlow ? BetweenLocks : Forever);
        }
        catch (Exception exception)
        {
            _purge.Stop(now);
            Fail(now, exception);
            losses.Forgotten(unsaved.Hold(new StoreChanges()));
            return Least(_nextTry - now, settings.BetweenTries);
        }
    }

    private void Tell(TimeSpan now, StoreFault fault, Exception exception)
    {
        _nextTry = now + settings.BetweenTries;
        string told = fault.Describe(file, exception.Message);
        if (_fault != told)
        {
            Volatile.Write(ref _fault, told);
            Log.StoreDegraded(logger, told);
        }

        if (fault == StoreFault.Failed)
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

    private void SetAside(string why, string problem)
    {
        string aside = StoreFile.SetAside(file, why, time.GetUtcNow());
        _setAsideUntil = Now + settings.TellSetAside;
        Volatile.Write(ref _setAside, $"{file} was set aside as {aside}, because {problem}; a new one was begun, without what the old one held");
        Log.StoreSetAside(logger, file, aside, problem);
    }

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

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
