using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Tells the story of incidents from what is known of their alerts and errors.</summary>
internal sealed class IncidentViews(AlertPartViews parts, IReadOnlyList<Alert> alerts, IReadOnlyList<KeptFailure> failures, string service)
{
    private const int MostOver = 10, MostFacts = 8, MostIds = 5, MostAlerts = 20;

    private readonly ILookup<int?, Alert> _alerts = alerts.ToLookup(alert => alert.Incident);
    private readonly ILookup<string?, KeptFailure> _ofDependency = failures.ToLookup(failure => failure.Dependency, StringComparer.Ordinal);
    private readonly ILookup<string?, KeptFailure> _ofOperation = failures.ToLookup(string? (failure) => failure.Operation, StringComparer.Ordinal);

    /// <summary>Lists those that go on, the worst first, then the last that are over.</summary>
    public IReadOnlyList<IncidentView> Of(IReadOnlyList<Incident> incidents) =>
    [
        .. incidents.Where(incident => incident.State != IncidentState.Resolved)
            .OrderByDescending(incident => incident.Severity).ThenBy(incident => incident.OpenedAt).Select(Of),
        .. incidents.Where(incident => incident.State == IncidentState.Resolved)
            .OrderByDescending(incident => incident.ResolvedAt).Take(MostOver).Select(Of),
    ];

    private IncidentView Of(Incident incident)
    {
        // The newest episode of each alert; those that go on first, the worst of them leading.
        Alert[] own =
        [
            .. _alerts[incident.Number].OrderBy(alert => alert.State == AlertState.Resolved).ThenBy(alert => alert.IsInhibited)
                .ThenByDescending(alert => alert.Severity).ThenByDescending(alert => alert.StartedAt).DistinctBy(alert => alert.Fingerprint, StringComparer.Ordinal),
        ];
        Alert? worst = own.FirstOrDefault();
        Alert[] going = [.. own.Where(alert => alert.State != AlertState.Resolved)];
        return new IncidentView
        {
            Number = incident.Number,
            Title = incident.Title,
            Severity = incident.Severity.Label(),
            State = incident.State.Label(),
            Since = going.Length > 0 ? going.Min(alert => alert.StartedAt) : own.Length > 0 ? own.Min(alert => alert.StartedAt) : incident.OpenedAt,
            OpenedAt = incident.OpenedAt,
            AcknowledgedAt = incident.AcknowledgedAt,
            AcknowledgedBy = incident.AcknowledgedBy,
            ResolvedAt = incident.ResolvedAt,
            ResolvedBy = incident.ResolvedBy,
            Summary = worst?.Summary ?? incident.Title,
            Cause = CauseOf(incident),
            Facts = [.. (going.Length > 0 ? going : own).SelectMany(alert => alert.Facts).Distinct(StringComparer.Ordinal).Take(MostFacts)],
            Alerts = [.. own.Take(MostAlerts).Select(parts.Of)],
            Told = [.. incident.Told.Select(told => new ToldView(told.At, told.Channel, SettingNames.Snake(told.Kind.ToString())))],
            Timeline = [.. incident.Timeline.Select(entry => new TimelineView(entry.At, entry.What, entry.By))],
            Matchers = worst is null ? [] : MatchersOf(worst),
            Runbook = worst?.Runbook,
            CorrelationIds = [.. own.SelectMany(FailuresOf).OrderByDescending(failure => failure.At).Select(failure => failure.CorrelationId).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostIds)],
        };
    }

    // Of an incident the key is the service and what it is about.
    private string? CauseOf(Incident incident) => incident.Key.StartsWith($"{service}/", StringComparison.Ordinal) ? incident.Key[(service.Length + 1)..] : incident.Key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? incident.Key[(slash + 1)..] : null;

    private static string[] MatchersOf(Alert alert)
    {
        foreach (string label in (ReadOnlySpan<string>)[AlertLabels.Dependency, AlertLabels.Operation, AlertLabels.AlertName])
        {
            if (alert.Labels.TryGetValue(label, out string? value) && value.Length > 0)
            {
                return [LabelMatcher.Equal(label, value).ToString()];
            }
        }

        return [LabelMatcher.Equal(AlertLabels.AlertName, alert.Name).ToString()];
    }

    private IEnumerable<KeptFailure> FailuresOf(Alert alert)
    {
        IEnumerable<KeptFailure> about =
            alert.Labels.TryGetValue(AlertLabels.Dependency, out string? dependency) ? _ofDependency[dependency]
            : alert.Labels.TryGetValue(AlertLabels.Operation, out string? operation) ? _ofOperation[operation]
            : [];
        return about.Where(failure => failure.At >= alert.StartedAt - TimeSpan.FromMinutes(1) && (alert.ResolvedAt is not { } over || failure.At <= over));
    }
}
