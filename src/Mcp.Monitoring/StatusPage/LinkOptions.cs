using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.StatusPage;

namespace Mcp.Monitoring;

/// <summary>Where a failure can be looked at elsewhere. All of it follows a reload.</summary>
public sealed class LinkOptions : ISettings
{
    /// <summary>Gets or sets the address of a trace, such as <c>https://grafana.company.com/explore?traceId={trace_id}</c>.</summary>
    /// <value>The default is <see langword="null"/>: traces are not linked. An http or https URL with <c>{trace_id}</c> or <c>{correlation_id}</c> behind its host.</value>
    public string? Trace { get; set; }

    /// <summary>Gets or sets the address of the events of a failure in Sentry, such as <c>https://sentry.company.com/issues/?query=trace%3A{trace_id}</c>.</summary>
    /// <value>The default is <see langword="null"/>: events are not linked. An http or https URL with <c>{trace_id}</c> or <c>{correlation_id}</c> behind its host.</value>
    public string? Sentry { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Text(nameof(Trace), () => Trace, value => Trace = value).Live(),
        Setting.Text(nameof(Sentry), () => Sentry, value => Sentry = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(LinkTemplate.Check(nameof(Trace), Trace), LinkTemplate.Check(nameof(Sentry), Sentry));
}
