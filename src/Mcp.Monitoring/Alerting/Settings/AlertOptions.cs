using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts: what is an alert, what it is taken for, and who is told.</summary>
public sealed class AlertOptions : ISettings
{
    private const int LeastSamples = 4;

    /// <summary>Gets or sets whether alert rules are evaluated and raised alerts are taken.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets who evaluates rules, and who tells people; takes effect with a restart.</summary>
    /// <value>The default is <see cref="AlertMode.InProcess"/>.</value>
    public AlertMode Mode { get; set; }

    /// <summary>Gets or sets how long past alerts are kept, in days.</summary>
    /// <value>The default is 30. Valid range: 1 to 3650.</value>
    public int RetentionDays { get; set; } = 30;

    /// <summary>Gets or sets the time zone in which messages say times, as an IANA id such as <c>Europe/Moscow</c>.</summary>
    /// <value>The default is <see langword="null"/>: that of the machine.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets the language of messages.</summary>
    /// <value>The default is <see cref="AlertLanguage.En"/>.</value>
    public AlertLanguage Language { get; set; }

    /// <summary>Gets or sets the dashboard that messages link to, such as <c>https://grafana.company.com/d/mcp</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? DashboardUrl { get; set; }

    /// <summary>Gets or sets the address of the page <c>/monitoring</c> as people reach it; messages link to it.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? PageUrl { get; set; }

    /// <summary>Gets or sets the address that is called each minute while rules are evaluated, such as that of a dead man's switch: it misses the calls when this server
    /// is dead. Its path may be a token, so it is a secret.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? HeartbeatUrl { get; set; }

    /// <summary>Gets or sets at which time of the day a report says that all is well or what is open, such as <c>09:00</c>, in <see cref="TimeZone"/>.</summary>
    /// <value>The default is <see langword="null"/>: no report.</value>
    public string? DailyReport { get; set; }

    /// <summary>Gets or sets the channels that get the report.</summary>
    /// <value>The default is an empty list: the first of those that reach people elsewhere, else the log.</value>
    public IList<string> DailyReportChannels { get; set; } = [];

    /// <summary>Gets or sets the channel that stands in where another is down.</summary>
    /// <value>The default is <see langword="null"/>: the next one that works, at last the log.</value>
    public string? FallbackChannel { get; set; }

    /// <summary>Gets or sets whether calls that a tool itself answered with an error count against availability.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AvailabilityCountsToolErrors { get; set; }

    /// <summary>Gets how often rules are evaluated.</summary>
    public AlertEvaluationOptions Evaluation { get; } = new();

    /// <summary>Gets where alerts are kept over a restart.</summary>
    public AlertStorageOptions Storage { get; } = new();

    /// <summary>Gets how alerts become one message.</summary>
    public AlertGroupingOptions Grouping { get; } = new();

    /// <summary>Gets which alerts become incidents, and when those are over.</summary>
    public IncidentOptions Incidents { get; } = new();

    /// <summary>Gets when an alert that comes and goes is no longer told each time.</summary>
    public FlappingOptions Flapping { get; } = new();

    /// <summary>Gets how many alerts and messages are too many.</summary>
    public StormOptions Storm { get; } = new();

    /// <summary>Gets changes to the rules of the catalogue, by their name, and rules of your own.</summary>
    public IList<AlertRuleOptions> Rules { get; } = [];

    /// <summary>Gets the service level objectives.</summary>
    /// <value>The default is an empty list, which means: 99.5 % of calls answered over 30 days, 95 % of the successes within
    /// <c>response_time_threshold_ms</c>, 99 % within <c>response_time_alert_ms</c>.</value>
    public IList<SloOptions> Slos { get; } = [];

    /// <summary>Gets who is told of what. The first route that matches is taken.</summary>
    /// <value>The default is an empty list. What no route matches: critical to every channel, high to Slack and Telegram, medium to Telegram without sound, low to the
    /// log; if a severity has no such channel, the first of Telegram, Slack and e-mail.</value>
    public IList<AlertRouteOptions> Routes { get; } = [];

    /// <summary>Gets the times at which nobody is to be told.</summary>
    public IList<MaintenanceOptions> Maintenance { get; } = [];

    /// <summary>Gets silences that stand in the configuration.</summary>
    public IList<SilenceOptions> Silences { get; } = [];

    /// <summary>Gets who is called when nobody acknowledges an incident, one policy for a severity.</summary>
    /// <value>The default is an empty list, which means: critical at once, after 15 minutes, after 30, then each hour, five times at most.</value>
    public IList<EscalationPolicyOptions> Escalation { get; } = [];

    /// <summary>Gets the Alertmanager that alerts go to under <c>mode: forward</c>.</summary>
    public AlertmanagerOptions Alertmanager { get; } = new();

    /// <summary>Gets the ways to people.</summary>
    public AlertChannelOptions Channels { get; } = new();

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value),
        Setting.Choice(nameof(Mode), () => Mode, value => Mode = value),
        Setting.Integer(nameof(RetentionDays), () => RetentionDays, value => RetentionDays = value),
        Setting.Text(nameof(TimeZone), () => TimeZone, value => TimeZone = value).Live(),
        Setting.Choice(nameof(Language), () => Language, value => Language = value).Live(),
        Setting.Text(nameof(DashboardUrl), () => DashboardUrl, value => DashboardUrl = value).Live(),
        Setting.Text(nameof(PageUrl), () => PageUrl, value => PageUrl = value).Live(),
        Setting.Text(nameof(HeartbeatUrl), () => HeartbeatUrl, value => HeartbeatUrl = value).Live().Secret(),
        Setting.Text(nameof(DailyReport), () => DailyReport, value => DailyReport = value).Live(),
        Setting.List(nameof(DailyReportChannels), () => DailyReportChannels, value => DailyReportChannels = value).Live(),
        Setting.Text(nameof(FallbackChannel), () => FallbackChannel, value => FallbackChannel = value).Live(),
        Setting.Flag(nameof(AvailabilityCountsToolErrors), () => AvailabilityCountsToolErrors, value => AvailabilityCountsToolErrors = value),
        Setting.Sections(nameof(Rules), Rules),
        Setting.Sections(nameof(Slos), Slos),
        Setting.Sections(nameof(Routes), Routes),
        Setting.Sections(nameof(Maintenance), Maintenance),
        Setting.Sections(nameof(Silences), Silences),
        Setting.Sections(nameof(Escalation), Escalation),
    ];

    IEnumerable<Section> ISettings.Sections =>
    [
        new(nameof(Evaluation), Evaluation),
        new(nameof(Storage), Storage),
        new(nameof(Grouping), Grouping),
        new(nameof(Incidents), Incidents),
        new(nameof(Flapping), Flapping),
        new(nameof(Storm), Storm),
        new(nameof(Alertmanager), Alertmanager),
        new(nameof(Channels), Channels),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(
            SettingRules.Between(nameof(RetentionDays), RetentionDays, 1, 3650, " days"),
            TimeZones.Check(nameof(TimeZone), TimeZone),
            CheckLink(nameof(DashboardUrl), DashboardUrl),
            CheckLink(nameof(PageUrl), PageUrl),
            DailyReport is null || Hours.TimeOf(DailyReport) is not null ? null : Fault.Of(nameof(DailyReport), DailyReport, "Write a time of the day, such as 09:00, or leave it out."),
            FallbackChannel is null ? null : AlertNames.CheckChannel(nameof(FallbackChannel), FallbackChannel)),
        .. HeartbeatUrl is null ? [] : SettingRules.Address(nameof(HeartbeatUrl), HeartbeatUrl, "Write the URL that your monitoring service gives for this server, or leave it out."),
        .. AlertNames.CheckChannels(nameof(DailyReportChannels), DailyReportChannels),
        .. CheckMode(),
        .. from rule in Rules.Index()
           where rule.Item.Window < LeastSamples * Evaluation.SampleInterval
           select Fault.Of($"{nameof(Rules)}:{rule.Index}:Window", rule.Item.Window, $"Set it to {LeastSamples * Evaluation.SampleInterval} or more: {LeastSamples} samples are the least to judge by."),
        .. Twice(nameof(Rules), Rules.Select(rule => rule.Name)),
        .. Twice(nameof(Slos), Slos.Select(slo => slo.Name)),
        .. Twice(nameof(Escalation), Escalation.Select(policy => policy.Severity.ToString())),
        .. Unreachable(),
        .. UnknownRules(nameof(Routes), Routes.Select(route => route.Match)),
        .. UnknownRules(nameof(Maintenance), Maintenance.Select(window => window.Match)),
        .. UnknownRules(nameof(Silences), Silences.Select(silence => silence.Match)),
        .. from policy in Escalation.Index()
           where policy.Item.Severity < Incidents.Severity && policy.Item.Steps.Any(step => step.After > TimeSpan.Zero)
           select new Fault(
               $"{nameof(Escalation)}:{policy.Index}:Severity",
               $"is {policy.Item.Severity.Label()}, of which no incident is opened: incidents.severity is {Incidents.Severity.Label()}",
               $"Set incidents.severity: {policy.Item.Severity.Label()}, or take out the steps that come later than at once: nobody is called by them.")
           { IsWarning = true },
    ];

    private IEnumerable<Fault> CheckMode()
    {
        if (Mode != AlertMode.Forward)
        {
            return Alertmanager.Urls is { Count: > 0 }
                ? [new Fault($"{nameof(Alertmanager)}:{nameof(Alertmanager.Urls)}", "is set, and alerts.mode is not forward", "Nothing is sent there: set alerts.mode: forward, or leave it out.") { IsWarning = true }]
                : [];
        }

        (string Name, bool IsSet)[] others =
            [(nameof(Routes), Routes.Count > 0), (nameof(Escalation), Escalation.Count > 0), (nameof(Maintenance), Maintenance.Count > 0), (nameof(Silences), Silences.Count > 0)];
        return
        [
            .. Alertmanager.Urls is { Count: > 0 }
                ? Array.Empty<Fault>()
                : [Fault.Missing($"{nameof(Alertmanager)}:{nameof(Alertmanager.Urls)}", "Set it to the addresses of all members, or alerts.mode to in_process.")],
            .. others.Where(other => other.IsSet)
                .Select(other => new Fault(other.Name, "is set, and alerts.mode is forward", "Alertmanager decides who is told and when: write it in its configuration.") { IsWarning = true }),
        ];
    }

    // Code may raise alerts of any name: only one that is nearly that of a rule is doubtful.
    private IEnumerable<Fault> UnknownRules(string list, IEnumerable<IList<string>> matches)
    {
        string[] names = [.. RuleCatalogue.Names, .. Rules.Select(rule => rule.Name)];
        return
            from entry in matches.Index()
            from text in entry.Item.Index()
            let matcher = LabelMatcher.TryParse(text.Item, out LabelMatcher? parsed, out _) ? parsed : null
            where matcher is { Name: AlertLabels.AlertName, IsRegex: false } && !names.Contains(matcher.Value, StringComparer.Ordinal)
            let nearest = NearestName.Find(matcher.Value, names)
            where nearest is not null
            select new Fault($"{list}:{entry.Index}:Match:{text.Index}", $"is \"{Printable.Cut(text.Item)}\", and no rule has this name", $"Did you mean {nearest}? If your code raises alerts of this name, write =~ for it.") { IsWarning = true };
    }

    // A route that takes all there is of a severity leaves nothing to those below it.
    private IEnumerable<Fault> Unreachable()
    {
        var taken = new Dictionary<AlertSeverity, int>();
        foreach ((int index, AlertRouteOptions route) in Routes.Index())
        {
            AlertSeverity[] severities = [.. Enum.GetValues<AlertSeverity>().Where(severity => route.Severities.Count == 0 || route.Severities.Contains(severity.ToString(), StringComparer.OrdinalIgnoreCase))];
            if (severities.Length > 0 && severities.All(taken.ContainsKey))
            {
                yield return new Fault($"{nameof(Routes)}:{index}", $"is never reached: routes above it, such as the {taken[severities[0]] + 1}., take all of its alerts", "Move it up, or set continue: true above.") { IsWarning = true };
            }

            if (!route.Continue && !route.HasHours && Matchers.TryParse(route.Match)?.MatchEverything() == true)
            {
                foreach (AlertSeverity severity in severities)
                {
                    taken.TryAdd(severity, index);
                }
            }
        }
    }

    private static Fault? CheckLink(string path, string? link) =>
        link is null || AlertNames.IsLink(link) ? null : Fault.Of(path, link, "Write an absolute http or https URL, or leave it out.");

    private static IEnumerable<Fault> Twice(string list, IEnumerable<string?> names) =>
        from entry in names.Index()
        where entry.Item is not null && names.Take(entry.Index).Contains(entry.Item, StringComparer.OrdinalIgnoreCase)
        select Fault.Of($"{list}:{entry.Index}", entry.Item, "It is there already: put both into one entry.");
}
