using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Escalation;
using Mcp.Monitoring.Alerting.Flapping;
using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Silences;
using Mcp.Monitoring.Alerting.Startup;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Storm;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Every kind of row there is. The table of a further one is made when the file is opened.</summary>
internal static class StateTables
{
    public static IReadOnlyList<StateTable> All { get; } =
    [
        StoredAlert.Table, OutboxMessage.Table, StoredFact.Table, StoredSloBucket.Table, StoredGroup.Table,
        StoredIncident.Table, StoredEscalation.Table, StoredSilence.Table, StoredFlapping.Table, StoredDigest.Table,
    ];
}
