using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Storage;
using Mcp.Monitoring.Tests.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A file that another process has, until the test lets go of it; what a former run left is in it.</summary>
internal sealed class HeldStore : IAlertStore
{
    private readonly RecordingStore _file = new();
    private bool _isTaken;

    public HeldStore(StoredRows? former = null)
    {
        foreach (StoreRow row in StoreTables.All.SelectMany(table => (former ?? StoredRows.Empty).Of(table.Kind)))
        {
            var changes = new StoreChanges();
            changes.Put(row);
            _file.Save(changes);
        }
    }

    public string? Degraded { get; private set; }

    public bool IsLocked { get; set; } = true;

    public StoredRows Rows => _file.Rows;

    public void Open() => IsLocked = false;

    public void GiveUp(string problem) => (IsLocked, Degraded) = (false, problem);

    public bool TryLoad([NotNullWhen(true)] out StoredRows? rows)
    {
        rows = IsLocked || _isTaken ? null : Degraded is null ? Rows : StoredRows.Empty;
        _isTaken |= rows is not null;
        return rows is not null;
    }

    public void Save(StoreChanges changes)
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
