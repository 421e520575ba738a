using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A data source whose connections are monitored.</summary>
internal sealed class MonitoredDataSource : DbDataSource
{
    private readonly DatabaseDependency _database;

    public MonitoredDataSource(DbDataSource inner, DatabaseDependency database)
    {
        Inner = inner;
        _database = database;
        database.Add(inner);
    }

    public DbDataSource Inner { get; }

    public override string ConnectionString => Inner.ConnectionString;

    protected override DbConnection CreateDbConnection() => new MonitoredConnection(Inner.CreateConnection(), _database);

    protected override async ValueTask DisposeAsyncCore()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
