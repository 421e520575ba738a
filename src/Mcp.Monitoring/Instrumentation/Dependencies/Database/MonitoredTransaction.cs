using System.Data;
using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>A transaction of a monitored connection: whoever asks it for its connection gets that one.</summary>
internal sealed class MonitoredTransaction(MonitoredConnection connection, DbTransaction inner) : DbTransaction
{
    public DbTransaction Inner => inner;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    public override bool SupportsSavepoints => inner.SupportsSavepoints;

    // A transaction that is over has none.
    protected override DbConnection? DbConnection => inner.Connection is null ? null : connection;

    public override void Commit() => inner.Commit();

    public override Task CommitAsync(CancellationToken cancellationToken = default) => inner.CommitAsync(cancellationToken);

    public override void Rollback() => inner.Rollback();

    public override Task RollbackAsync(CancellationToken cancellationToken = default) => inner.RollbackAsync(cancellationToken);

    public override void Save(string savepointName) => inner.Save(savepointName);

    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default) => inner.SaveAsync(savepointName, cancellationToken);

    public override void Rollback(string savepointName) => inner.Rollback(savepointName);

    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default) => inner.RollbackAsync(savepointName, cancellationToken);

    public override void Release(string savepointName) => inner.Release(savepointName);

    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default) => inner.ReleaseAsync(savepointName, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
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
