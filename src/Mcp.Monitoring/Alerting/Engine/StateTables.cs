using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Every kind of row there is. The table of a further one is made when the file is opened.</summary>
internal static class StateTables
{
    public static IReadOnlyList<StateTable> All(AlertClock clock) =>
    [
        StoredAlert.Table, NotificationTables.Queue(clock), NotificationTables.Log(clock), StoredFact.Table, StoredSloBucket.Table, StoredGroup.Table,
        StoredIncident.Table, StoredEscalation.Table, StoredSilence.Table, StoredFlapping.Table, StoredDigest.Table, StoredMemory.Table, StoredForwardedAlert.Table, StoredForwardedSilence.Table,
    ];
}
