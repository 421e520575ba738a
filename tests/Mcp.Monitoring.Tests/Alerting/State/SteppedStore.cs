using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>The real store on the real file, but for its thread: it works whenever somebody saves or looks, and until there is nothing more to do.</summary>
internal sealed class SteppedStore(StateWorker worker, UnsavedChanges unsaved) : IStateStore
{
    private bool _isTaken;

    public string? Degraded => worker.Degraded;

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        Work();
        rows = _isTaken ? null : worker.Rows;
        _isTaken |= rows is not null;
        return rows is not null;
    }

    public void Save(StateChanges changes)
    {
        unsaved.Add(changes);
        Work();
    }

    public void Dispose()
    {
        worker.Step(closing: true);
        worker.Dispose();
    }

    private void Work()
    {
        while (worker.Step() == TimeSpan.Zero)
        {
        }
    }
}
