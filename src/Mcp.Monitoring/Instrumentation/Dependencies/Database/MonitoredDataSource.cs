using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A data source whose connections are monitored.</summary>
internal sealed class MonitoredDataSource(DbDataSource inner, DatabaseDependency database) : DbDataSource
{
    public DbDataSource Inner => inner;

    public override string ConnectionString => inner.ConnectionString;

    protected override DbConnection CreateDbConnection() => new MonitoredConnection(inner.CreateConnection(), database);

    protected override async ValueTask DisposeAsyncCore()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
