using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>Keeps nothing: alerts are in memory anyway, and nobody reads them back within a run.</summary>
internal sealed class MemoryAlertStore : IAlertStore
{
    private int _isTaken;

    public string? Degraded => null;

    public bool TryLoad([NotNullWhen(true)] out StoredRows? rows)
    {
        rows = Interlocked.Exchange(ref _isTaken, 1) == 0 ? StoredRows.Empty : null;
        return rows is not null;
    }

    public void Save(StoreChanges changes)
    {
    }

    public void Dispose()
    {
    }
}
