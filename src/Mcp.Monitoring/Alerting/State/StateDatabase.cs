using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>
/// The file: one connection, used by one thread, that keeps every other process out while it is open. What fails is thrown as it is, and what was in one
/// transaction is then not written.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int PagesAtOnce = 200;

    private readonly StateConnection _connection;

    private StateDatabase(StateConnection connection, SqliteException? unwritable)
    {
        _connection = connection;
        Unwritable = unwritable;
    }

    /// <summary>Gets what keeps it from being written: what can be read has been read all the same.</summary>
    public SqliteException? Unwritable { get; }

    /// <summary>Opens or makes the file and reads it.</summary>
    public static StateDatabase Open(string file, IReadOnlyList<StateTable> tables, StateSettings settings, out StateRows rows)
    {
        // SQLite would make it for everybody to read.
        StateFile.Create(file);
        var connection = new StateConnection(file);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA locking_mode=EXCLUSIVE");
            int version = settings.Schema.Check(connection);
            if (version > 0 && new FileInfo(file).Length <= settings.LargestChecked)
            {
                Check(connection);
            }

            SqliteException? unwritable = null;
            if (version == settings.Schema.Version)
            {
                rows = Read(connection, tables);
                unwritable = TryPrepare(connection, tables, settings, version);
            }
            else
            {
                Prepare(connection, tables, settings, version);
                rows = Read(connection, tables);
            }

            return new StateDatabase(connection, unwritable);
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes changes, all or none.</summary>
    public void Write(StateChanges changes) => _connection.InTransaction(() =>
    {
        foreach (((StateTable table, string key), StateRow? row) in changes.Rows)
        {
            if (row is null)
            {
                _connection.Run($"DELETE FROM {table.Name} WHERE key=$0", key);
            }
            else
            {
                _connection.Run(
                    $"INSERT INTO {table.Name}(key, closed_at, data) VALUES($0, $1, CAST($2 AS TEXT)) ON CONFLICT(key) DO UPDATE SET closed_at=excluded.closed_at, data=excluded.data",
                    key, row.ClosedAt is { } closed ? closed : DBNull.Value, row.Data);
            }
        }
    });

    /// <summary>Deletes some of what was over before a time.</summary>
    /// <returns>How many rows are gone.</returns>
    public int Purge(StateTable table, DateTimeOffset before, int most)
    {
        int gone = 0;
        _connection.InTransaction(() => gone = _connection.Run(
            $"DELETE FROM {table.Name} WHERE rowid IN (SELECT rowid FROM {table.Name} WHERE closed_at < $0 ORDER BY closed_at LIMIT $1)",
            before.ToUnixTimeMilliseconds(), most));
        return gone;
    }

    /// <summary>Brings what is in the log beside it into the file itself, as far as that goes: the two may have come apart.</summary>
    public void MoveOut()
    {
        try
        {
            EmptyLog();
        }
        catch (SqliteException)
        {
            // What is lost is written anew.
        }
    }

    /// <summary>Finds out whether it still is what it was, after somebody else has written it.</summary>
    /// <exception cref="SqliteException">It is damaged.</exception>
    public void CheckAgain()
    {
        // Pages in memory are as good as they were.
        _connection.Execute("PRAGMA shrink_memory");
        Check(_connection);
    }

    /// <summary>Gives some of the room of deleted rows back to the disk.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Shrink()
    {
        if (_connection.Number("PRAGMA freelist_count") == 0)
        {
            // Until then the file keeps its size, and the log beside it that of the largest transaction there was.
            EmptyLog();
            return false;
        }

        // The statement frees a page with each step, so it must be read to its end.
        _connection.Read($"PRAGMA incremental_vacuum({PagesAtOnce})", static _ => { });
        return true;
    }

    public void Dispose() => _connection.Dispose();

    private void EmptyLog() => _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    private static SqliteException? TryPrepare(StateConnection connection, IReadOnlyList<StateTable> tables, StateSettings settings, int version)
    {
        try
        {
            Prepare(connection, tables, settings, version);
            return null;
        }
        catch (SqliteException fault) when (StateFaults.Of(fault) is StateFault.Full or StateFault.ReadOnly or StateFault.Failed)
        {
            return fault;
        }
    }

    private static void Prepare(StateConnection connection, IReadOnlyList<StateTable> tables, StateSettings settings, int version)
    {
        // Before the first page is written, or never.
        connection.Execute("PRAGMA auto_vacuum=INCREMENTAL");
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute("PRAGMA synchronous=FULL");
        connection.Execute("PRAGMA wal_autocheckpoint=1000");
        if (settings.MostPages is { } most)
        {
            connection.Execute($"PRAGMA max_page_count={most}");
        }

        settings.Schema.Apply(connection, tables, version);
    }

    [SuppressMessage("Usage", "MA0015", Justification = "The code is SQLite's own.")]
    private static void Check(StateConnection connection)
    {
        if (connection.Scalar("PRAGMA quick_check(1)") is not "ok")
        {
            throw new SqliteException("database disk image is malformed: its pages do not fit together", 11);
        }
    }

    private static StateRows Read(StateConnection connection, IReadOnlyList<StateTable> tables)
    {
        var rows = new List<(StateTable, StateRow)>();
        foreach (StateTable table in tables.Where(table => connection.Number($"SELECT count(*) FROM sqlite_master WHERE type='table' AND name='{table.Name}'") > 0))
        {
            void Add(SqliteDataReader row) =>
                rows.Add((table, new StateRow(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetFieldValue<byte[]>(2))));

            connection.Read($"SELECT key, closed_at, data FROM {table.Name} WHERE closed_at IS NULL", Add);
            connection.Read($"SELECT key, closed_at, data FROM {table.Name} WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT {table.PastRows}", Add);
        }

        return new StateRows(rows);
    }
}
