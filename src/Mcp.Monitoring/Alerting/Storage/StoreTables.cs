using Mcp.Monitoring.Alerting.Silences;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>Every kind of row there is. A further one is a line here and an attribute on <see cref="StoreJson"/>; its table is made when the file is opened.</summary>
internal static class StoreTables
{
    private const int ShownAlerts = 1_000, RememberedMessages = 1_000, LeastIncidentDays = 180;

    public static IReadOnlyList<StoreTable> All { get; } =
    [
        StoreTable.Of("alert", StoreJson.Default.StoredAlert, ShownAlerts, days => TimeSpan.FromDays(days)),
        StoreTable.Of("outbox", StoreJson.Default.OutboxMessage, RememberedMessages, _ => TimeSpan.FromDays(7)),
        StoreTable.Of("fact", StoreJson.Default.StoredFact, int.MaxValue, _ => TimeSpan.MaxValue),
        StoreTable.Of("slo_bucket", StoreJson.Default.StoredSloBucket, int.MaxValue, _ => TimeSpan.FromDays(35)),
        StoreTable.Of("alert_group", StoreJson.Default.StoredGroup, RememberedMessages, _ => TimeSpan.FromDays(7)),
        StoreTable.Of("incident", StoreJson.Default.StoredIncident, ShownAlerts, days => TimeSpan.FromDays(Math.Max(days, LeastIncidentDays))),
        StoreTable.Of("escalation", StoreJson.Default.StoredEscalation, int.MaxValue, _ => TimeSpan.MaxValue),
        StoreTable.Of("silence", StoreJson.Default.StoredSilence, SilenceStore.Most, days => TimeSpan.FromDays(days)),
        StoreTable.Of("flapping", StoreJson.Default.StoredFlapping, int.MaxValue, _ => TimeSpan.MaxValue),
        StoreTable.Of("digest", StoreJson.Default.StoredDigest, int.MaxValue, _ => TimeSpan.MaxValue),
    ];

    private static readonly Dictionary<Type, StoreTable> ByKind = All.ToDictionary(table => table.Kind);

    public static StoreTable Of(Type kind) => ByKind[kind];
}
