using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring;

/// <summary>The files that are generated for Prometheus, Alertmanager and Grafana: <c>GET /monitoring/artifacts</c>.</summary>
public sealed class ArtifactOptions : ISettings
{
    private const int LongestTeam = 64;
    private static readonly TimeSpan ShortestScrape = TimeSpan.FromSeconds(1), LongestScrape = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the language of dashboards and runbooks.</summary>
    /// <value>The default is <see cref="AlertLanguage.En"/>.</value>
    public AlertLanguage Language { get; set; }

    /// <summary>Gets or sets who is to act: the label <c>team</c> of every alert, but of operations that name an owner (<c>[MonitorMcpOperation(Owner = …)]</c>).</summary>
    /// <value>The default is <c>mcp</c>. 1 to 64 characters.</value>
    public string Team { get; set; } = "mcp";

    /// <summary>Gets or sets where <c>alerts/RUNBOOKS.md</c> can be read. With it messages of alerts and the annotation <c>runbook_url</c> of the rules end with the section
    /// of their alert.</summary>
    /// <value>The default is <see langword="null"/>: the rules name the file beside them, messages say nothing. An http or https URL.</value>
    public string? RunbookUrl { get; set; }

    /// <summary>Gets or sets the root of Grafana, for the annotation <c>dashboard_url</c> of the rules.</summary>
    /// <value>The default is <see langword="null"/>: the path of the dashboard below any Grafana. An http or https URL.</value>
    public string? GrafanaUrl { get; set; }

    /// <summary>Gets or sets how often Prometheus scrapes. Windows of rules span four scrapes at least.</summary>
    /// <value>The default is 15 seconds. Valid range: 1 second to 5 minutes.</value>
    public TimeSpan ScrapeInterval { get; set; } = TimeSpan.FromSeconds(15);

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Choice(nameof(Language), () => Language, value => Language = value).Live(),
        Setting.Text(nameof(Team), () => Team, value => Team = value ?? "").Live(),
        Setting.Text(nameof(RunbookUrl), () => RunbookUrl, value => RunbookUrl = value).Live(),
        Setting.Text(nameof(GrafanaUrl), () => GrafanaUrl, value => GrafanaUrl = value).Live(),
        Setting.Duration(nameof(ScrapeInterval), () => ScrapeInterval, value => ScrapeInterval = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Name(nameof(Team), Team ?? "", LongestTeam, "Set it to 1 to 64 characters, or leave it out for mcp."),
        Link(nameof(RunbookUrl), RunbookUrl),
        Link(nameof(GrafanaUrl), GrafanaUrl),
        SettingRules.Between(nameof(ScrapeInterval), ScrapeInterval, ShortestScrape, LongestScrape));

    private static Fault? Link(string path, string? value) => value is null || AlertNames.IsLink(value)
        ? null
        : Fault.Of(path, value, "Set it to an http or https URL, or leave it out.");
}
