using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>The prepared statements of one table. Each is told its transaction whenever it runs: a command that keeps a former one is refused.</summary>
internal sealed class StateTableCommands : IDisposable
{
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _purge;

    public StateTableCommands(SqliteConnection connection, StateTable table)
    {
        _put = Prepare(
            connection,
            $"INSERT INTO {table.Name}(key, closed_at, data) VALUES($key, $closed, CAST($data AS TEXT)) ON CONFLICT(key) DO UPDATE SET closed_at=excluded.closed_at, data=excluded.data",
            "$key", "$closed", "$data");
        _delete = Prepare(connection, $"DELETE FROM {table.Name} WHERE key=$key", "$key");
        _purge = Prepare(
            connection,
            $"DELETE FROM {table.Name} WHERE rowid IN (SELECT rowid FROM {table.Name} WHERE closed_at < $before ORDER BY closed_at LIMIT $most)",
            "$before", "$most");
    }

    public void Put(StateRow row, SqliteTransaction transaction) =>
        Run(_put, transaction, row.Key, row.ClosedAt is { } closed ? closed : DBNull.Value, row.Data);

    public void Delete(string key, SqliteTransaction transaction) => Run(_delete, transaction, key);

    /// <returns>How many rows are gone.</returns>
    public int Purge(DateTimeOffset before, int most, SqliteTransaction transaction) => Run(_purge, transaction, before.ToUnixTimeMilliseconds(), most);

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _purge.Dispose();
    }

    private static int Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables are our own, values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
