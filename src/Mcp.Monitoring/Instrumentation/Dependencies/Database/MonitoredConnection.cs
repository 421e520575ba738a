using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Transactions;
using IsolationLevel = System.Data.IsolationLevel;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A connection whose queries are measured, and that is the wrapped one in all else.</summary>
internal sealed class MonitoredConnection : DbConnection
{
    private readonly DatabaseDependency _database;
    private bool _isCounted;

    public MonitoredConnection(DbConnection inner, DatabaseDependency database)
    {
        Inner = inner;
        _database = database;
        Count(inner.State == ConnectionState.Open);
        inner.StateChange += Changed;
    }

    public DbConnection Inner { get; }

    [AllowNull]
    public override string ConnectionString
    {
        get => Inner.ConnectionString;
        set => Inner.ConnectionString = value;
    }

    public override int ConnectionTimeout => Inner.ConnectionTimeout;

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => Inner.State;

    public override bool CanCreateBatch => Inner.CanCreateBatch;

    protected override DbProviderFactory? DbProviderFactory => DbProviderFactories.GetFactory(Inner);

    public override void Open()
    {
        try
        {
            Inner.Open();
        }
        catch (Exception exception) when (_database.OpenFailed(exception))
        {
            throw;
        }

        Count(Inner.State == ConnectionState.Open);
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Inner.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_database.OpenFailed(exception))
        {
            throw;
        }

        Count(Inner.State == ConnectionState.Open);
    }

    public override void Close()
    {
        Inner.Close();
        Count(Inner.State == ConnectionState.Open);
    }

    public override async Task CloseAsync()
    {
        await Inner.CloseAsync().ConfigureAwait(false);
        Count(Inner.State == ConnectionState.Open);
    }

    public override void ChangeDatabase(string databaseName) => Inner.ChangeDatabase(databaseName);

    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default) => Inner.ChangeDatabaseAsync(databaseName, cancellationToken);

    public override void EnlistTransaction(Transaction? transaction) => Inner.EnlistTransaction(transaction);

    public override DataTable GetSchema() => Inner.GetSchema();

    public override DataTable GetSchema(string collectionName) => Inner.GetSchema(collectionName);

    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) => Inner.GetSchema(collectionName, restrictionValues);

    public override Task<DataTable> GetSchemaAsync(CancellationToken cancellationToken = default) => Inner.GetSchemaAsync(cancellationToken);

    public override Task<DataTable> GetSchemaAsync(string collectionName, CancellationToken cancellationToken = default) => Inner.GetSchemaAsync(collectionName, cancellationToken);

    public override Task<DataTable> GetSchemaAsync(string collectionName, string?[] restrictionValues, CancellationToken cancellationToken = default) =>
        Inner.GetSchemaAsync(collectionName, restrictionValues, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
        Count(isOpen: false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new MonitoredTransaction(this, Inner.BeginTransaction(isolationLevel));

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        new MonitoredTransaction(this, await Inner.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false));

    protected override DbCommand CreateDbCommand() => new MonitoredCommand(Inner.CreateCommand(), this, _database);

    protected override DbBatch CreateDbBatch() => new MonitoredBatch(Inner.CreateBatch(), this, _database);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
            Count(isOpen: false);
            Inner.StateChange -= Changed;
        }

        base.Dispose(disposing);
    }

    // Its own events say who has changed: this connection.
    private void Changed(object sender, StateChangeEventArgs change)
    {
        Count(change.CurrentState == ConnectionState.Open);
        OnStateChange(change);
    }

    private void Count(bool isOpen)
    {
        if (isOpen != Interlocked.Exchange(ref _isCounted, isOpen))
        {
            if (isOpen)
            {
                _database.Opened(Inner);
            }
            else
            {
                _database.Closed();
            }
        }
    }
}
