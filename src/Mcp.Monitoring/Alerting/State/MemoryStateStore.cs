using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>Keeps nothing: alerts are in memory anyway, and nobody reads them back within a run.</summary>
internal sealed class MemoryStateStore : IStateStore
{
    private int _isTaken;

    public string? Degraded => null;

    public bool IsKeeping => false;

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = Interlocked.Exchange(ref _isTaken, 1) == 0 ? StateRows.Empty : null;
        return rows is not null;
    }

    public void Save(StateChanges changes)
    {
    }

    public void Dispose()
    {
    }
}
