using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>What the options say of alerts that fire, read once: matchers parsed, time zones found.</summary>
internal sealed class AlertSettings(AlertOptions options, Func<int, DateTimeOffset, string?>? acknowledgeLink = null)
{
    public string? FallbackChannel => options.FallbackChannel;

    public IReadOnlyList<string> DailyReportChannels { get; } = [.. options.DailyReportChannels];

    public AlertGroupingOptions Grouping => options.Grouping;

    public IncidentOptions Incidents { get; } = options.Mode == AlertMode.Forward ? options.Incidents.Forwarded : options.Incidents;

    public FlappingOptions Flapping => options.Flapping;

    public StormOptions Storm => options.Storm;

    public MessageSettings Message { get; } = new(TimeZones.Find(options.TimeZone), AlertTexts.In(options.Language), options.DashboardUrl, options.PageUrl, acknowledgeLink);

    public IReadOnlyList<AlertRoute> Routes { get; } =
        [.. options.Routes.Select(route => new AlertRoute(route, TimeZones.Find(route.TimeZone ?? options.TimeZone)))];

    public IReadOnlyList<MaintenanceWindow> Maintenance { get; } =
        [.. options.Maintenance.Select(window => new MaintenanceWindow(window, TimeZones.Find(window.TimeZone ?? options.TimeZone)))];

    public IReadOnlyList<Silence> Silences { get; } = [.. options.Silences.Select((silence, index) => ConfiguredSilence.Of(silence, index))];

    public EscalationPolicies Escalation { get; } = options.Mode == AlertMode.Forward ? EscalationPolicies.None : new(options.Escalation);
}
