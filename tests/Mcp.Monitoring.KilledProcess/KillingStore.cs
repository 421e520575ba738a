using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A store that comes to the points just before and after it is saved that a message is being sent.</summary>
internal sealed class KillingStore(IStateStore store, KillSwitch kill) : IStateStore
{
    private static readonly StateTable<QueuedNotification> Messages = NotificationTables.Queue(new AlertClock(TimeProvider.System));

    public string? Degraded => store.Degraded;

    public bool IsKeeping => store.IsKeeping;

    public bool IsLocked => store.IsLocked;

    public void Start() => store.Start();

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows) => store.TryLoad(out rows);

    public void Forgo() => store.Forgo();

    public void Save(StateChanges changes)
    {
        var rows = new StateRows(changes.Rows.Where(row => row.Value is not null).Select(row => (row.Key.Table, row.Value!)));
        bool sends = rows.Of(Messages).Any(message => message.State == DeliveryState.Sending);
        if (sends)
        {
            kill.Reach(KillPoint.BeforeCommit);
        }

        store.Save(changes);
        if (sends)
        {
            kill.Reach(KillPoint.AfterCommit);
        }
    }

    public void Dispose() => store.Dispose();
}
