using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>A store whose rows a test holds.</summary>
internal sealed class RowStore(SavedRows saved, Func<bool>? keeps = null) : IStateStore
{
    public string? Degraded => null;

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = saved.All;
        return true;
    }

    public void Save(StateChanges changes)
    {
        if (keeps?.Invoke() != false)
        {
            saved.Save(changes);
        }
    }

    public void Dispose()
    {
    }
}
