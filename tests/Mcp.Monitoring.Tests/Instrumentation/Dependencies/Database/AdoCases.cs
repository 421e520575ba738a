using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

/// <summary>What ADO.NET promises of a connection, as questions whose answers are the same for a connection and for one around it. Each has a database of its own.</summary>
internal static class AdoCases
{
    public static IReadOnlyDictionary<string, Func<DbConnection, CancellationToken, Task<object?>>> All { get; } = new Dictionary<string, Func<DbConnection, CancellationToken, Task<object?>>>(StringComparer.Ordinal)
    {
        ["state closed"] = Sync(c => c.State, isOpen: false),
        ["state open"] = Sync(c => c.State),
        ["state after close"] = Sync(c => { c.Close(); return c.State; }),
        ["state after dispose"] = Sync(c => { c.Dispose(); return c.State; }),
        ["close twice"] = Sync(c => { c.Close(); c.Close(); return c.State; }),
        ["open twice"] = Sync(c => { c.Open(); return c.State; }),
        ["open async"] = Async(async (c, t) => { await c.OpenAsync(t); return c.State; }, isOpen: false),
        ["open async cancelled"] = Async(async (c, _) => { await c.OpenAsync(new CancellationToken(true)); return c.State; }, isOpen: false),
        ["close async"] = Async(async (c, _) => { await c.CloseAsync(); return c.State; }),
        ["dispose async"] = Async(async (c, _) => { await c.DisposeAsync(); return c.State; }),
        ["connection string"] = Sync(c => c.ConnectionString),
        ["connection string cannot change while open"] = Sync(c => { c.ConnectionString = "Data Source=:memory:"; return null; }),
        ["connection string can change while closed"] = Sync(c => { c.ConnectionString = "Data Source=:memory:"; return c.ConnectionString; }, isOpen: false),
        ["connection string null"] = Sync(c => { c.ConnectionString = null; return c.ConnectionString; }, isOpen: false),
        ["connection timeout"] = Sync(c => c.ConnectionTimeout),
        ["database"] = Sync(c => c.Database),
        ["data source"] = Sync(c => c.DataSource),
        ["server version"] = Sync(c => c.ServerVersion),
        ["change database"] = Sync(c => { c.ChangeDatabase("other"); return null; }),
        ["can create batch"] = Sync(c => c.CanCreateBatch),
        ["create batch"] = Sync(c => c.CreateBatch().BatchCommands.Count),
        ["schema"] = Sync(c => c.GetSchema().Rows.Count),
        ["schema of a collection"] = Sync(c => c.GetSchema("ReservedWords").Rows.Count),
        ["schema of nothing"] = Sync(c => c.GetSchema("Nothing").Rows.Count),
        ["schema with restrictions"] = Sync(c => c.GetSchema("ReservedWords", []).Rows.Count),
        ["schema async"] = Async(async (c, t) => (await c.GetSchemaAsync(t)).Rows.Count),
        ["schema of a collection async"] = Async(async (c, t) => (await c.GetSchemaAsync("ReservedWords", t)).Rows.Count),
        ["state changes"] = Sync(
            c =>
            {
                var seen = new List<string>();
                c.StateChange += (_, change) => seen.Add($"{change.OriginalState}>{change.CurrentState}");
                c.Open();
                c.Close();
                return string.Join(' ', seen);
            },
            isOpen: false),
        ["state changes come from the connection"] = Sync(
            c =>
            {
                bool isOwn = false;
                c.StateChange += (sender, _) => isOwn = ReferenceEquals(sender, c);
                c.Open();
                return isOwn;
            },
            isOpen: false),
        ["command knows its connection"] = Sync(c => ReferenceEquals(c.CreateCommand().Connection, c)),
        ["command takes a connection"] = Sync(c =>
        {
            using DbCommand command = c.CreateCommand();
            command.Connection = null;
            bool isGone = command.Connection is null;
            command.Connection = c;
            command.CommandText = "SELECT 1";
            return $"{isGone} {ReferenceEquals(command.Connection, c)} {command.ExecuteScalar()}";
        }),
        ["command without a connection"] = Sync(c => { using DbCommand command = Command(c, "SELECT 1"); command.Connection = null; return command.ExecuteScalar(); }),
        ["command on a closed connection"] = Sync(c => Command(c, "SELECT 1").ExecuteScalar(), isOpen: false),
        ["command text"] = Sync(c => Command(c, "SELECT 1").CommandText),
        ["command text null"] = Sync(c => Command(c, null).CommandText),
        ["command text empty"] = Sync(c => Command(c, "").ExecuteScalar()),
        ["command timeout"] = Sync(c => { using DbCommand command = c.CreateCommand(); command.CommandTimeout = 7; return command.CommandTimeout; }),
        ["command timeout negative"] = Sync(c => { using DbCommand command = c.CreateCommand(); command.CommandTimeout = -1; return command.CommandTimeout; }),
        ["command type"] = Sync(c => c.CreateCommand().CommandType),
        ["command type procedure"] = Sync(c => { using DbCommand command = c.CreateCommand(); command.CommandType = CommandType.StoredProcedure; return command.CommandType; }),
        ["design time visible"] = Sync(c => { using DbCommand command = c.CreateCommand(); command.DesignTimeVisible = true; return command.DesignTimeVisible; }),
        ["updated row source"] = Sync(c => { using DbCommand command = c.CreateCommand(); command.UpdatedRowSource = UpdateRowSource.OutputParameters; return command.UpdatedRowSource; }),
        ["cancel"] = Sync(c => { using DbCommand command = Command(c, "SELECT 1"); command.Cancel(); return command.ExecuteScalar(); }),
        ["prepare"] = Sync(c => { using DbCommand command = Command(c, "SELECT 1"); command.Prepare(); return command.ExecuteScalar(); }),
        ["prepare nonsense"] = Sync(c => { using DbCommand command = Command(c, "SELEC 1"); command.Prepare(); return null; }),
        ["prepare async"] = Async(async (c, t) => { await using DbCommand command = Command(c, "SELECT 1"); await command.PrepareAsync(t); return await command.ExecuteScalarAsync(t); }),
        ["scalar"] = Sync(c => Command(c, "SELECT 42").ExecuteScalar()),
        ["scalar null"] = Sync(c => Command(c, "SELECT NULL").ExecuteScalar()),
        ["scalar of no row"] = Sync(c => Command(c, "SELECT 1 WHERE 1 = 0").ExecuteScalar()),
        ["scalar async"] = Async(async (c, t) => await Command(c, "SELECT 42").ExecuteScalarAsync(t)),
        ["scalar async cancelled"] = Async(async (c, _) => await Command(c, "SELECT 42").ExecuteScalarAsync(new CancellationToken(true))),
        ["non-query"] = Sync(c => Table(c).Run("INSERT INTO t VALUES (1), (2), (3)")),
        ["non-query of a select"] = Sync(c => Table(c).Run("SELECT 1")),
        ["non-query async"] = Async(async (c, t) => await Command(Table(c), "INSERT INTO t VALUES (1), (2)").ExecuteNonQueryAsync(t)),
        ["non-query async cancelled"] = Async(async (c, _) => await Command(c, "SELECT 1").ExecuteNonQueryAsync(new CancellationToken(true))),
        ["syntax error"] = Sync(c => Command(c, "SELEC 1").ExecuteScalar()),
        ["missing table"] = Sync(c => Command(c, "SELECT * FROM nothing").ExecuteReader().Read()),
        ["constraint"] = Sync(c => { Table(c).Run("CREATE UNIQUE INDEX i ON t (a)"); c.Run("INSERT INTO t VALUES (1)"); return c.Run("INSERT INTO t VALUES (1)"); }),
        ["parameter"] = Sync(c => With(Command(c, "SELECT @a + 1"), "@a", 41).ExecuteScalar()),
        ["parameter missing"] = Sync(c => Command(c, "SELECT @a").ExecuteScalar()),
        ["parameter type"] = Sync(c => c.CreateCommand().CreateParameter().GetType().Name),
        ["parameters are kept"] = Sync(c => { using DbCommand command = With(c.CreateCommand(), "@a", 1); return $"{command.Parameters.Count} {command.Parameters.Contains("@a")} {command.Parameters["@a"].Value}"; }),
        ["parameters cleared"] = Sync(c => { using DbCommand command = With(c.CreateCommand(), "@a", 1); command.Parameters.Clear(); return command.Parameters.Count; }),
        ["reader"] = Sync(c =>
        {
            using DbDataReader reader = Command(c, "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL").ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add($"{reader.GetInt32(0)}/{(reader.IsDBNull(1) ? "-" : reader.GetString(1))}");
            }

            return $"{reader.FieldCount} {reader.GetName(1)} {reader.HasRows} {string.Join(' ', rows)}";
        }),
        ["reader type"] = Sync(c => { using DbDataReader reader = Command(c, "SELECT 1").ExecuteReader(); return reader.GetType().Name; }),
        ["reader of two results"] = Sync(c =>
        {
            using DbDataReader reader = Command(c, "SELECT 1; SELECT 2").ExecuteReader();
            reader.Read();
            int first = reader.GetInt32(0);
            return $"{first} {reader.NextResult()} {reader.Read()} {reader.GetInt32(0)} {reader.NextResult()}";
        }),
        ["reader closes the connection"] = Sync(c => { Command(c, "SELECT 1").ExecuteReader(CommandBehavior.CloseConnection).Dispose(); return c.State; }),
        ["reader of the schema"] = Sync(c => { using DbDataReader reader = Command(c, "SELECT 1 AS a").ExecuteReader(); return reader.GetSchemaTable()?.Rows.Count; }),
        ["reader left open and the connection closed"] = Sync(c => { DbDataReader reader = Command(c, "SELECT 1").ExecuteReader(); c.Close(); return reader.IsClosed; }),
        ["reader open while another command runs"] = Sync(c => { using DbDataReader reader = Command(c, "SELECT 1").ExecuteReader(); return Command(c, "SELECT 2").ExecuteScalar(); }),
        ["reader async"] = Async(async (c, t) =>
        {
            await using DbDataReader reader = await Command(c, "SELECT 7").ExecuteReaderAsync(t);
            return $"{await reader.ReadAsync(t)} {reader.GetInt32(0)} {await reader.ReadAsync(t)}";
        }),
        ["reader async cancelled"] = Async(async (c, _) => await Command(c, "SELECT 7").ExecuteReaderAsync(new CancellationToken(true))),
        ["records affected"] = Sync(c => { using DbDataReader reader = Command(Table(c), "INSERT INTO t VALUES (1), (2)").ExecuteReader(); return reader.RecordsAffected; }),
        ["transaction knows its connection"] = Sync(c => { using DbTransaction transaction = c.BeginTransaction(); return ReferenceEquals(transaction.Connection, c); }),
        ["transaction isolation"] = Sync(c => { using DbTransaction transaction = c.BeginTransaction(IsolationLevel.ReadUncommitted); return transaction.IsolationLevel; }),
        ["transaction commit"] = Sync(c => InTransaction(c, static t => t.Commit())),
        ["transaction rollback"] = Sync(c => InTransaction(c, static t => t.Rollback())),
        ["transaction disposed"] = Sync(c => InTransaction(c, static t => t.Dispose())),
        ["transaction over has no connection"] = Sync(c => { DbTransaction transaction = c.BeginTransaction(); transaction.Commit(); return transaction.Connection is null; }),
        ["transaction committed twice"] = Sync(c => { DbTransaction transaction = c.BeginTransaction(); transaction.Commit(); transaction.Commit(); return null; }),
        ["transaction on a closed connection"] = Sync(c => c.BeginTransaction().IsolationLevel, isOpen: false),
        ["two transactions"] = Sync(c => { c.BeginTransaction(); c.BeginTransaction(); return null; }),
        ["transaction async"] = Async(async (c, t) =>
        {
            Table(c);
            await using DbTransaction transaction = await c.BeginTransactionAsync(t);
            await using DbCommand command = Command(c, "INSERT INTO t VALUES (1)");
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(t);
            await transaction.RollbackAsync(t);
            return Count(c);
        }),
        ["transaction async cancelled"] = Async(async (c, _) => await c.BeginTransactionAsync(new CancellationToken(true))),
        ["command keeps its transaction"] = Sync(c =>
        {
            using DbTransaction transaction = c.BeginTransaction();
            using DbCommand command = c.CreateCommand();
            command.Transaction = transaction;
            return ReferenceEquals(command.Transaction, transaction);
        }),
        ["command without the transaction"] = Sync(c => { using DbTransaction transaction = c.BeginTransaction(); using DbCommand command = Command(c, "SELECT 1"); command.Transaction = null; return command.ExecuteScalar(); }),
        ["command of a transaction that is over"] = Sync(c =>
        {
            DbTransaction transaction = c.BeginTransaction();
            using DbCommand command = Command(c, "SELECT 1");
            command.Transaction = transaction;
            transaction.Commit();
            return command.ExecuteScalar();
        }),
        ["savepoint"] = Sync(c =>
        {
            Table(c);
            using DbTransaction transaction = c.BeginTransaction();
            bool supports = transaction.SupportsSavepoints;
            transaction.Save("a");
            Insert(c, transaction);
            transaction.Rollback("a");
            Insert(c, transaction);
            transaction.Save("b");
            transaction.Release("b");
            transaction.Commit();
            return $"{supports} {Count(c)}";
        }),
        ["savepoint async"] = Async(async (c, t) =>
        {
            Table(c);
            await using DbTransaction transaction = await c.BeginTransactionAsync(t);
            await transaction.SaveAsync("a", t);
            Insert(c, transaction);
            await transaction.RollbackAsync("a", t);
            await transaction.SaveAsync("b", t);
            await transaction.ReleaseAsync("b", t);
            await transaction.CommitAsync(t);
            return Count(c);
        }),
        ["dispose of the command twice"] = Sync(c => { DbCommand command = Command(c, "SELECT 1"); command.Dispose(); command.Dispose(); return null; }),
        ["command after its dispose"] = Sync(c => { DbCommand command = Command(c, "SELECT 1"); command.Dispose(); return command.ExecuteScalar(); }),
        ["dispose of the connection twice"] = Sync(c => { c.Dispose(); c.Dispose(); return c.State; }),
        ["open after dispose"] = Sync(c => { c.Dispose(); c.Open(); return c.State; }),
        ["open of a missing folder"] = Sync(c => { c.ConnectionString = "Data Source=/no/such/folder/file.db"; c.Open(); return null; }, isOpen: false),
        ["batch knows its connection"] = Sync(c => ReferenceEquals(c.CreateBatch().Connection, c)),
        ["batch timeout"] = Sync(c => { using DbBatch batch = c.CreateBatch(); batch.Timeout = 7; return batch.Timeout; }),
        ["batch scalar"] = Sync(c => Batch(c, "SELECT 1", "SELECT 2").ExecuteScalar()),
        ["batch non-query"] = Sync(c => Batch(Table(c), "INSERT INTO t VALUES (1), (2)", "DELETE FROM t WHERE a = 1").ExecuteNonQuery()),
        ["batch of no command"] = Sync(c => Batch(c).ExecuteNonQuery()),
        ["batch that fails"] = Sync(c => Batch(c, "SELECT 1", "SELEC 2").ExecuteNonQuery()),
        ["batch without a connection"] = Sync(c => { using DbBatch batch = Batch(c, "SELECT 1"); batch.Connection = null; return batch.ExecuteScalar(); }),
        ["batch prepared"] = Sync(c => { using DbBatch batch = Batch(c, "SELECT 1"); batch.Prepare(); return batch.ExecuteScalar(); }),
        ["batch cancelled before"] = Sync(c => { using DbBatch batch = Batch(c, "SELECT 1"); batch.Cancel(); return batch.ExecuteScalar(); }),
        ["batch with a parameter"] = Sync(c =>
        {
            using DbBatch batch = Batch(c, "SELECT @a + 1");
            DbParameter parameter = batch.BatchCommands[0].CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@a", 41);
            batch.BatchCommands[0].Parameters.Add(parameter);
            return batch.ExecuteScalar();
        }),
        ["batch reader"] = Async(async (c, t) =>
        {
            await using DbBatch batch = Batch(c, "SELECT 1", "SELECT 2");
            await using DbDataReader reader = await batch.ExecuteReaderAsync(t);
            bool first = await reader.ReadAsync(t);
            return $"{first} {reader.GetInt32(0)} {await reader.NextResultAsync(t)} {await reader.ReadAsync(t)} {reader.GetInt32(0)} {await reader.NextResultAsync(t)}";
        }),
        ["batch async"] = Async(async (c, t) => $"{await Batch(c, "SELECT 1").ExecuteScalarAsync(t)} {await Batch(Table(c), "INSERT INTO t VALUES (1)").ExecuteNonQueryAsync(t)}"),
        ["batch async cancelled"] = Async(async (c, _) => await Batch(c, "SELECT 1").ExecuteScalarAsync(new CancellationToken(true))),
        ["batch in a transaction"] = Async(async (c, t) =>
        {
            Table(c);
            await using DbTransaction transaction = await c.BeginTransactionAsync(t);
            await using DbBatch batch = Batch(c, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
            batch.Transaction = transaction;
            await batch.ExecuteNonQueryAsync(t);
            bool isKept = ReferenceEquals(batch.Transaction, transaction);
            await transaction.RollbackAsync(t);
            return $"{isKept} {Count(c)}";
        }),
        ["data adapter"] = Sync(c =>
        {
            using DbCommand command = Command(c, "SELECT 1 AS a UNION ALL SELECT 2");
            using DbDataReader reader = command.ExecuteReader();
            using var table = new DataTable();
            table.Load(reader);
            return table.Rows.Count;
        }),
    };

    /// <summary>Asks a question, and puts the answer or the failure into words.</summary>
    public static async Task<string> AskAsync(string name, DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return Convert.ToString(await All[name](connection, cancellationToken), CultureInfo.InvariantCulture) ?? "";
        }
        catch (Exception failure)
        {
            return $"{failure.GetType()}: {failure.Message}";
        }
    }

    private static Func<DbConnection, CancellationToken, Task<object?>> Sync(Func<DbConnection, object?> ask, bool isOpen = true) => Async((connection, _) => Task.FromResult(ask(connection)), isOpen);

    private static Func<DbConnection, CancellationToken, Task<object?>> Async<T>(Func<DbConnection, CancellationToken, Task<T>> ask, bool isOpen = true) => async (connection, token) =>
    {
        if (isOpen)
        {
            connection.Open();
        }

        return await ask(connection, token);
    };

    private static DbCommand Command(DbConnection connection, string? text)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static DbBatch Batch(DbConnection connection, params string[] texts)
    {
        DbBatch batch = connection.CreateBatch();
        foreach (string text in texts)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = text;
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static DbCommand With(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return command;
    }

    private static DbConnection Table(DbConnection connection)
    {
        connection.Run("CREATE TABLE t (a INTEGER)");
        return connection;
    }

    private static int Run(this DbConnection connection, string text)
    {
        using DbCommand command = Command(connection, text);
        return command.ExecuteNonQuery();
    }

    private static object? Count(DbConnection connection) => Command(connection, "SELECT COUNT(*) FROM t").ExecuteScalar();

    private static void Insert(DbConnection connection, DbTransaction transaction)
    {
        using DbCommand command = Command(connection, "INSERT INTO t VALUES (1)");
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private static object? InTransaction(DbConnection connection, Action<DbTransaction> end)
    {
        Table(connection);
        using (DbTransaction transaction = connection.BeginTransaction())
        {
            Insert(connection, transaction);
            end(transaction);
        }

        return Count(connection);
    }
}
