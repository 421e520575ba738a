using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A file that another process has, until the test lets go of it; what a former run left is in it.</summary>
internal sealed class HeldStore : IStateStore
{
    private readonly SavedRows _file = new();
    private bool _isTaken;

    public HeldStore(StateRows? former = null)
    {
        _file.Add(former ?? StateRows.Empty);
    }

    public string? Degraded { get; private set; }

    public bool IsLocked { get; set; } = true;

    public StateRows Rows => _file.All;

    public void Open() => IsLocked = false;

    public void GiveUp(string problem) => (IsLocked, Degraded) = (false, problem);

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = IsLocked || _isTaken ? null : Degraded is null ? Rows : StateRows.Empty;
        _isTaken |= rows is not null;
        return rows is not null;
    }

    public void Save(StateChanges changes)
    {
        if (!IsLocked && Degraded is null)
        {
            _file.Save(changes);
        }
    }

    public void Dispose()
    {
    }
}
