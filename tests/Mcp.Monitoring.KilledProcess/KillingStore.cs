using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>Kills the process when it has come to a point so many times.</summary>
internal sealed class KillingStore(IStateStore store, KillPoint point, int times) : IStateStore
{
    private static readonly StateTable<QueuedNotification> Messages = NotificationTables.Queue(new AlertClock(TimeProvider.System));
    private int _left = times;

    public string? Degraded => store.Degraded;

    public void Start() => store.Start();

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows) => store.TryLoad(out rows);

    public void Save(StateChanges changes)
    {
        QueuedNotification[] messages = [.. new StateRows(changes.Rows.Where(row => row.Value is not null).Select(row => (row.Key.Table, row.Value!))).Of(Messages)];
        Reach(KillPoint.BeforeCommit, messages.Any(message => message is { State: DeliveryState.Pending or DeliveryState.Sending, Attempts: 0 or 1 }));
        Reach(KillPoint.AfterReceipt, messages.Any(message => message.State == DeliveryState.Sent));
        store.Save(changes);
        Reach(KillPoint.AfterCommit, messages.Any(message => message.State == DeliveryState.Sending));
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
