using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>
/// The file: one connection, used by one thread, that keeps every other process out while it is open. What fails is thrown as it is, and what was in one
/// transaction is then not written.
/// </summary>
internal sealed class AlertDatabase : IDisposable
{
    private const int PagesAtOnce = 200;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<Type, StoreTableCommands> _commands = [];

    private AlertDatabase(SqliteConnection connection, StoredRows rows, int unreadable)
    {
        _connection = connection;
        Rows = rows;
        Unreadable = unreadable;
    }

    /// <summary>Gets what was in it.</summary>
    public StoredRows Rows { get; }

    /// <summary>Gets how many rows could not be understood; they stay where they are.</summary>
    public int Unreadable { get; }

    /// <summary>Opens or makes the file and reads it. What can be read is read, though nothing can be written: see <paramref name="writing"/>.</summary>
    /// <param name="file">The file; its folder exists.</param>
    /// <param name="options">How.</param>
    /// <param name="writing">What keeps it from being written.</param>
    public static AlertDatabase Open(string file, StoreSettings options, out SqliteException? writing)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            StoreSchema.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE");
            int version = options.Schema.Check(connection);
            if (version > 0 && new FileInfo(file).Length <= options.LargestChecked)
            {
                Check(connection);
            }

            var rows = new List<StoreRow>();
            int unreadable = 0;
            if (version == options.Schema.Version)
            {
                unreadable = Read(connection, rows);
                writing = TryPrepare(connection, options, version);
            }
            else
            {
                Prepare(connection, options, version);
                unreadable = Read(connection, rows);
                writing = null;
            }

            return new AlertDatabase(connection, new StoredRows(rows), unreadable);
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes changes, all or none.</summary>
    public void Write(StoreChanges changes)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        foreach (((Type kind, string key), StoreRow? row) in changes.Rows)
        {
            StoreTableCommands commands = Commands(StoreTables.Of(kind));
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
    public int Purge(StoreTable table, DateTimeOffset before, int most)
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
            StoreSchema.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
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
        StoreSchema.Execute(_connection, "PRAGMA shrink_memory");
        Check(_connection);
    }

    /// <summary>Gives some of the room of deleted rows back to the disk.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Shrink()
    {
        if (StoreSchema.Number(_connection, "PRAGMA freelist_count") == 0)
        {
            // Until then the file keeps its size, and the log beside it that of the largest transaction there was.
            StoreSchema.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
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
        foreach (StoreTableCommands commands in _commands.Values)
        {
            commands.Dispose();
        }

        _connection.Dispose();
    }

    private static SqliteException? TryPrepare(SqliteConnection connection, StoreSettings options, int version)
    {
        try
        {
            Prepare(connection, options, version);
            return null;
        }
        catch (SqliteException fault) when (StoreFaults.Of(fault) is StoreFault.Full or StoreFault.ReadOnly or StoreFault.Failed)
        {
            return fault;
        }
    }

    private static void Prepare(SqliteConnection connection, StoreSettings options, int version)
    {
        // Before the first page is written, or never.
        StoreSchema.Execute(connection, "PRAGMA auto_vacuum=INCREMENTAL");
        StoreSchema.Execute(connection, "PRAGMA journal_mode=WAL");
        StoreSchema.Execute(connection, "PRAGMA synchronous=FULL");
        StoreSchema.Execute(connection, "PRAGMA wal_autocheckpoint=1000");
        if (options.MostPages is { } most)
        {
            StoreSchema.Execute(connection, $"PRAGMA max_page_count={most}");
        }

        options.Schema.Apply(connection, version);
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

    private static int Read(SqliteConnection connection, List<StoreRow> rows)
    {
        int unreadable = 0;
        foreach (StoreTable table in StoreTables.All)
        {
            if (StoreSchema.Number(connection, $"SELECT count(*) FROM sqlite_master WHERE type='table' AND name='{table.Name}'") > 0)
            {
                unreadable += Read(connection, table, $"SELECT data FROM {table.Name} WHERE closed_at IS NULL", rows);
                unreadable += Read(connection, table, $"SELECT data FROM {table.Name} WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT {table.PastRows}", rows);
            }
        }

        return unreadable;
    }

    private static int Read(SqliteConnection connection, StoreTable table, string sql, List<StoreRow> rows)
    {
        int unreadable = 0;
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables are our own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (table.Read(reader.GetString(0)) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                unreadable++;
            }
        }

        return unreadable;
    }

    private StoreTableCommands Commands(StoreTable table)
    {
        if (!_commands.TryGetValue(table.Kind, out StoreTableCommands? commands))
        {
            _commands.Add(table.Kind, commands = new StoreTableCommands(_connection, table));
        }

        return commands;
    }
}
