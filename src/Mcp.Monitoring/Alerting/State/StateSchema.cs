using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>What shape a file has, and how an older one is brought to it: step <c>n</c> makes version <c>n + 1</c> of version <c>n</c>, and versions are counted in
/// <c>user_version</c>. Tables of kinds that are new need no step.</summary>
internal sealed class StateSchema(IReadOnlyList<string> steps)
{
    /// <summary>Tells our files from those of other programs: <c>McpA</c>.</summary>
    public const int ApplicationId = 0x4D637041;

    // Version 1 is tables alone.
    public static StateSchema Current { get; } = new([""]);

    public int Version => steps.Count;

    /// <summary>Finds out whether a file is one of ours, of this version or an older one.</summary>
    /// <returns>Its version; 0 for an empty file.</returns>
    /// <exception cref="StateRefusedException">It is not.</exception>
    public int Check(SqliteConnection connection)
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            return 0;
        }

        if (Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new StateRefusedException(StateFault.Foreign, "not of this library");
        }

        long version = Number(connection, "PRAGMA user_version");
        return version <= Version ? (int)version : throw new StateRefusedException(StateFault.Newer, $"schema {version}, this one knows {Version}");
    }

    /// <summary>Makes the tables that are not there yet, and brings older ones to this version: all of it or nothing.</summary>
    public void Apply(SqliteConnection connection, IReadOnlyList<StateTable> tables, int version)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (StateTable table in tables)
        {
            Execute(connection, $"CREATE TABLE IF NOT EXISTS {table.Name}(key TEXT NOT NULL PRIMARY KEY, closed_at INTEGER NULL, data TEXT NOT NULL)", transaction);
            Execute(connection, $"CREATE INDEX IF NOT EXISTS {table.Name}_closed ON {table.Name}(closed_at)", transaction);
        }

        for (int step = Math.Max(version, 1); step < Version; step++)
        {
            Execute(connection, steps[step], transaction);
        }

        if (version != Version)
        {
            Execute(connection, $"PRAGMA user_version={Version}", transaction);
        }

        if (version == 0)
        {
            Execute(connection, $"PRAGMA application_id={ApplicationId}", transaction);
        }

        transaction.Commit();
    }

    public static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        if (sql.Length > 0)
        {
            using SqliteCommand command = Command(connection, sql, transaction);
            command.ExecuteNonQuery();
        }
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql, transaction: null);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, SqliteTransaction? transaction)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is written here; names of tables are our own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        return command;
    }
}
