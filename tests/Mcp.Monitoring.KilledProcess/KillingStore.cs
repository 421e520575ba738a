using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>Kills the process when it has come to a point so many times.</summary>
internal sealed class KillingStore(IStateStore store, KillPoint point, int times) : IStateStore
{
    private int _left = times;

    public string? Degraded => store.Degraded;

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows) => store.TryLoad(out rows);

    public void Save(StateChanges changes)
    {
        OutboxMessage[] messages = [.. new StateRows(changes.Rows.Where(row => row.Value is not null).Select(row => (row.Key.Table, row.Value!))).Of(OutboxMessage.Table)];
        bool isNew = messages.Any(message => message is { State: OutboxState.Pending, Attempts: 0 });
        Reach(KillPoint.BeforeCommit, isNew);
        Reach(KillPoint.AfterReceipt, messages.Any(message => message.State == OutboxState.Sent));
        store.Save(changes);
        Reach(KillPoint.AfterCommit, isNew);
        Reach(KillPoint.AfterClaim, messages.Any(message => message.State == OutboxState.Sending));
    }

    public void Dispose() => store.Dispose();

    private void Reach(KillPoint reached, bool isReached)
    {
        if (isReached && reached == point && Interlocked.Decrement(ref _left) == 0)
        {
            Libc.KillSelf();
        }
    }
}
