using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>The prepared statements of one table.</summary>
internal sealed class StoreTableCommands : IDisposable
{
    private readonly StoreTable _table;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _purge;

    public StoreTableCommands(SqliteConnection connection, StoreTable table)
    {
        _table = table;
        _put = Prepare(
            connection,
            $"INSERT INTO {table.Name}(key, closed_at, data) VALUES($key, $closed, $data) ON CONFLICT(key) DO UPDATE SET closed_at=excluded.closed_at, data=excluded.data",
            "$key", "$closed", "$data");
        _delete = Prepare(connection, $"DELETE FROM {table.Name} WHERE key=$key", "$key");
        _purge = Prepare(
            connection,
            $"DELETE FROM {table.Name} WHERE rowid IN (SELECT rowid FROM {table.Name} WHERE closed_at < $before ORDER BY closed_at LIMIT $most)",
            "$before", "$most");
    }

    public void Put(StoreRow row, SqliteTransaction transaction)
    {
        _put.Transaction = transaction;
        _put.Parameters[0].Value = row.Key;
        _put.Parameters[1].Value = row.ClosedAt is { } closed ? closed.ToUnixTimeMilliseconds() : DBNull.Value;
        _put.Parameters[2].Value = _table.Write(row);
        _put.ExecuteNonQuery();
    }

    public void Delete(string key, SqliteTransaction transaction)
    {
        _delete.Transaction = transaction;
        _delete.Parameters[0].Value = key;
        _delete.ExecuteNonQuery();
    }

    /// <returns>How many rows are gone.</returns>
    public int Purge(DateTimeOffset before, int most)
    {
        _purge.Parameters[0].Value = before.ToUnixTimeMilliseconds();
        _purge.Parameters[1].Value = most;
        return _purge.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _purge.Dispose();
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
