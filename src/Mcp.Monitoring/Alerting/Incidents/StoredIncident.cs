using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>An incident with its timeline.</summary>
internal sealed record StoredIncident
{
    private const int LeastDays = 180;

    public static StateTable<StoredIncident> Table { get; } = new(
        "incident", StoredIncidentJson.Default.StoredIncident, static row => row.Incident.Number.ToString(CultureInfo.InvariantCulture), static row => row.Incident.ResolvedAt)
    {
        PastRows = 1_000,
        Keep = static days => TimeSpan.FromDays(Math.Max(days, LeastDays)),
    };

    public required Incident Incident { get; init; }

    public DateTimeOffset? QuietSince { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }

    public AlertSeverity? EscalationEnded { get; init; }

    public static StoredIncident Of(OpenIncident incident, AlertClock clock) => new()
    {
        Incident = incident.ToView(clock),
        QuietSince = clock.ToUtc(incident.QuietSince),
        HeldUntil = clock.ToUtc(incident.HeldUntil),
        EscalationEnded = incident.EscalationEnded,
    };

    public OpenIncident ToOpen(AlertClock clock)
    {
        var open = new OpenIncident(Incident.Number, Incident.Key, clock.FromUtc(Incident.OpenedAt))
        {
            State = Incident.State,
            Severity = Incident.Severity,
            Title = Incident.Title,
            AcknowledgedAt = clock.FromUtc(Incident.AcknowledgedAt),
            AcknowledgedBy = Incident.AcknowledgedBy,
            ResolvedAt = clock.FromUtc(Incident.ResolvedAt),
            ResolvedBy = Incident.ResolvedBy,
            Reopened = Incident.Reopened,
            QuietSince = clock.FromUtc(QuietSince),
            HeldUntil = clock.FromUtc(HeldUntil),
            EscalationEnded = EscalationEnded,
        };
        foreach (string episode in Incident.Alerts)
        {
            open.Add(episode);
        }

        foreach (IncidentEvent entry in Incident.Timeline)
        {
            open.Note(entry);
        }

        foreach (IncidentNotification told in Incident.Told)
        {
            open.Note(told);
        }

        open.IsUnsaved = false;
        return open;
    }
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredIncident))]
internal sealed partial class StoredIncidentJson : JsonSerializerContext;
