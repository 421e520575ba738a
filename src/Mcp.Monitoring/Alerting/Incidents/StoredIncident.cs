using System.Globalization;
using Mcp.Monitoring.Alerting.Storage;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>An incident with its timeline.</summary>
internal sealed record StoredIncident : StoreRow
{
    public required Incident Incident { get; init; }

    public DateTimeOffset? QuietSince { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }

    public AlertSeverity? EscalationEnded { get; init; }

    public override string Key => Incident.Number.ToString(CultureInfo.InvariantCulture);

    public override DateTimeOffset? ClosedAt => Incident.ResolvedAt;

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

        open.IsUnsaved = false;
        return open;
    }
}
