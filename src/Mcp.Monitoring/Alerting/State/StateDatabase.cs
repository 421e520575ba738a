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

    private readonly SqliteConnection _connection;
    private readonly Dictionary<StateTable, StateTableCommands> _commands = [];

    private StateDatabase(SqliteConnection connection, StateRows rows)
    {
        _connection = connection;
        Rows = rows;
    }

    /// <summary>Gets what was in it.</summary>
    public StateRows Rows { get; }

    /// <summary>Opens or makes the file and reads it. What can be read is read, though nothing can be written: see <paramref name="writing"/>.</summary>
    /// <param name="file">The file; its folder exists.</param>
    /// <param name="tables">What is in it.</param>
    /// <param name="options">How.</param>
    /// <param name="writing">What keeps it from being written.</param>
    public static StateDatabase Open(string file, IReadOnlyList<StateTable> tables, StateSettings options, out SqliteException? writing)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            StateSchema.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE");
            int version = options.Schema.Check(connection);
            if (version > 0 && new FileInfo(file).Length <= options.LargestChecked)
            {
                Check(connection);
            }

            StateRows rows;
            if (version == options.Schema.Version)
            {
                rows = Read(connection, tables);
                writing = TryPrepare(connection, tables, options, version);
            }
            else
            {
                Prepare(connection, tables, options, version);
                rows = Read(connection, tables);
                writing = null;
            }

            return new StateDatabase(connection, rows);
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes changes, all or none.</summary>
    public void Write(StateChanges changes)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        foreach (((StateTable table, string key), StateRow? row) in changes.Rows)
        {
            StateTableCommands commands = Commands(table);
            if (row is null)
            {
                commands.Delete(key, transaction);
            }
            else
            {
                commands.Put(row, transaction);
            }
        }

        transaction.Commit();
    }

    /// <summary>Deletes some of what was over before a time.</summary>
    /// <returns>How many rows are gone.</returns>
    public int Purge(StateTable table, DateTimeOffset before, int most)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        int gone = Commands(table).Purge(before, most, transaction);
        transaction.Commit();
        return gone;
    }

    /// <summary>Brings what is in the log beside it into the file itself, as far as that goes: the two may have come apart.</summary>
    public void MoveOut()
    {
        try
        {
            StateSchema.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
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
        StateSchema.Execute(_connection, "PRAGMA shrink_memory");
        Check(_connection);
    }

    /// <summary>Gives some of the room of deleted rows back to the disk.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Shrink()
    {
        if (StateSchema.Number(_connection, "PRAGMA freelist_count") == 0)
        {
            // Until then the file keeps its size, and the log beside it that of the largest transaction there was.
            StateSchema.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return false;
        }

        // The statement frees a page with each step, so it must be read to its end.
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA incremental_vacuum({PagesAtOnce})";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
        }

        return true;
    }

    public void Dispose()
    {
        foreach (StateTableCommands commands in _commands.Values)
        {
            commands.Dispose();
        }

        _connection.Dispose();
    }

    private static SqliteException? TryPrepare(SqliteConnection connection, IReadOnlyList<StateTable> tables, StateSettings options, int version)
    {
        try
        {
            Prepare(connection, tables, options, version);
            return null;
        }
        catch (SqliteException fault) when (StateFaults.Of(fault) is StateFault.Full or StateFault.ReadOnly or StateFault.Failed)
        {
            return fault;
        }
    }

    private static void Prepare(SqliteConnection connection, IReadOnlyList<StateTable> tables, StateSettings options, int version)
    {
        // Before the first page is written, or never.
        StateSchema.Execute(connection, "PRAGMA auto_vacuum=INCREMENTAL");
        StateSchema.Execute(connection, "PRAGMA journal_mode=WAL");
        StateSchema.Execute(connection, "PRAGMA synchronous=FULL");
        StateSchema.Execute(connection, "PRAGMA wal_autocheckpoint=1000");
        if (options.MostPages is { } most)
        {
            StateSchema.Execute(connection, $"PRAGMA max_page_count={most}");
        }

        options.Schema.Apply(connection, tables, version);
    }

    [SuppressMessage("Usage", "MA0015", Justification = "The code is SQLite's own.")]
    private static void Check(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw new SqliteException("database disk image is malformed: its pages do not fit together", 11);
        }
    }

    private static StateRows Read(SqliteConnection connection, IReadOnlyList<StateTable> tables)
    {
        var rows = new List<(StateTable, StateRow)>();
        foreach (StateTable table in tables)
        {
            if (StateSchema.Number(connection, $"SELECT count(*) FROM sqlite_master WHERE type='table' AND name='{table.Name}'") > 0)
            {
                Read(connection, table, "closed_at IS NULL", rows);
                Read(connection, table, $"closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT {table.PastRows}", rows);
            }
        }

        return new StateRows(rows);
    }

    private static void Read(SqliteConnection connection, StateTable table, string which, List<(StateTable, StateRow)> rows)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables are our own.
        command.CommandText = $"SELECT key, closed_at, data FROM {table.Name} WHERE {which}";
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add((table, new StateRow(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetFieldValue<byte[]>(2))));
        }
    }

    private StateTableCommands Commands(StateTable table)
    {
        if (!_commands.TryGetValue(table, out StateTableCommands? commands))
        {
            _commands.Add(table, commands = new StateTableCommands(_connection, table));
        }

        return commands;
    }
}
