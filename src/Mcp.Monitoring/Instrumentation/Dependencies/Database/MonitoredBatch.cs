using System.Data;
using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A batch, measured as one query: of the kind of its statements, if they are all of one.</summary>
internal sealed class MonitoredBatch(DbBatch inner, DbConnection? connection, DatabaseDependency database) : DbBatch
{
    private DbConnection? _connection = connection;
    private DbTransaction? _transaction;

    public override int Timeout
    {
        get => inner.Timeout;
        set => inner.Timeout = value;
    }

    protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set
        {
            inner.Connection = value is MonitoredConnection { Inner: var wrapped } ? wrapped : value;
            _connection = value;
        }
    }

    protected override DbTransaction? DbTransaction
    {
        get => inner.Transaction is { } own ? _transaction is MonitoredTransaction { Inner: var wrapped } && wrapped == own ? _transaction : own : null;
        set
        {
            inner.Transaction = value is MonitoredTransaction { Inner: var wrapped } ? wrapped : value;
            _transaction = value;
        }
    }

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => inner.PrepareAsync(cancellationToken);

    public override int ExecuteNonQuery() => Query().Run(inner.Connection, inner, static query => query.ExecuteNonQuery());

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) =>
        Query().RunAsync(inner.Connection, inner, static (query, token) => query.ExecuteNonQueryAsync(token), cancellationToken);

    public override object? ExecuteScalar() => Query().Run(inner.Connection, inner, static query => query.ExecuteScalar());

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) =>
        Query().RunAsync(inner.Connection, inner, static (query, token) => query.ExecuteScalarAsync(token), cancellationToken);

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Query().Run(inner.Connection, (inner, behavior), static query => query.inner.ExecuteReader(query.behavior));

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Query().RunAsync(inner.Connection, (inner, behavior), static (query, token) => query.inner.ExecuteReaderAsync(query.behavior, token), cancellationToken);

    private DatabaseQuery Query()
    {
        StatementKind? kind = null;
        foreach (DbBatchCommand command in inner.BatchCommands)
        {
            StatementKind own = StatementKinds.Of(command.CommandText, command.CommandType);
            kind = kind is null || kind == own ? own : StatementKind.Other;
        }

        return database.Query(kind ?? StatementKind.Other);
    }
}
