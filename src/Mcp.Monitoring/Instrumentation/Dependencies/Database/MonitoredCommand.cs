using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A command whose executions are measured, until the provider has an answer: what a caller does with a reader is the caller's time.</summary>
internal sealed class MonitoredCommand(DbCommand inner, DbConnection? connection, DatabaseDependency database) : DbCommand
{
    private DbConnection? _connection = connection;
    private DbTransaction? _transaction;

    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible
    {
        get => inner.DesignTimeVisible;
        set => inner.DesignTimeVisible = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set
        {
            inner.Connection = value is MonitoredConnection { Inner: var wrapped } ? wrapped : value;
            _connection = value;
        }
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    // The provider may have forgotten a transaction that is over.
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

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        Query().RunAsync(inner.Connection, inner, static (query, token) => query.ExecuteNonQueryAsync(token), cancellationToken);

    public override object? ExecuteScalar() => Query().Run(inner.Connection, inner, static query => query.ExecuteScalar());

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Query().RunAsync(inner.Connection, inner, static (query, token) => query.ExecuteScalarAsync(token), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Query().Run(inner.Connection, (inner, behavior), static query => query.inner.ExecuteReader(query.behavior));

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Query().RunAsync(inner.Connection, (inner, behavior), static (query, token) => query.inner.ExecuteReaderAsync(query.behavior, token), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private DatabaseQuery Query() => database.Query(StatementKinds.Of(inner.CommandText, inner.CommandType));
}
