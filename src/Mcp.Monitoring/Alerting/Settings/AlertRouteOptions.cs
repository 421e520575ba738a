using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Who is told of some alerts.</summary>
public sealed class AlertRouteOptions : ISettings
{
    /// <summary>Gets or sets what an alert must have, as matchers: <c>dependency="1c"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    /// <value>The default is an empty list: every alert.</value>
    public IList<string> Match { get; set; } = [];

    /// <summary>Gets or sets of which severities it must be.</summary>
    /// <value>The default is an empty list: any.</value>
    public IList<string> Severities { get; set; } = [];

    /// <summary>Gets or sets the channels that are told: <c>email</c>, <c>slack</c>, <c>telegram</c>, <c>log</c>, or one of the host's own.</summary>
    /// <value>The default is an empty list: nobody, with a warning; <c>log</c> alone says that it is meant.</value>
    public IList<string> Channels { get; set; } = [];

    /// <summary>Gets or sets the hours at which the route counts, such as <c>09:00-18:00</c>, or over midnight <c>18:00-09:00</c>; <c>24:00</c> is the end of the day. An
    /// alert is routed when it begins, and when its severity rises or falls; what no route takes at that time is told by its severity.</summary>
    /// <value>The default is <see langword="null"/>: at any time.</value>
    public string? Hours { get; set; }

    /// <summary>Gets or sets the days on which <see cref="Hours"/> begin, or the whole days: <c>Mon</c> to <c>Sun</c>, or their whole names.</summary>
    /// <value>The default is an empty list: every day.</value>
    public IList<string> Days { get; set; } = [];

    /// <summary>Gets or sets the time zone of both, as an IANA id.</summary>
    /// <value>The default is <see langword="null"/>: that of the alerts.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets whether later routes are looked at as well.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Continue { get; set; }

    /// <summary>Gets whether it counts at some times only.</summary>
    internal bool HasHours => Hours is not null || Days.Count > 0;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(Match), () => Match, value => Match = value),
        Setting.List(nameof(Severities), () => Severities, value => Severities = value),
        Setting.List(nameof(Channels), () => Channels, value => Channels = value),
        Setting.Text(nameof(Hours), () => Hours, value => Hours = value),
        Setting.List(nameof(Days), () => Days, value => Days = value),
        Setting.Text(nameof(TimeZone), () => TimeZone, value => TimeZone = value),
        Setting.Flag(nameof(Continue), () => Continue, value => Continue = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. CheckSeverities() is { Length: > 0 } unknown ? [.. unknown, .. Matchers.CheckOfAlerts(nameof(Match), Match)]
            : Matchers.CheckOfAlerts(nameof(Match), Match, Severities.Count == 0 ? null : Severities),
        .. AlertNames.CheckChannels(nameof(Channels), Channels),
        .. Settings.Hours.CheckDays(nameof(Days), Days),
        .. SettingRules.Faults(
            Hours is null || Settings.Hours.SpanOf(Hours) is not null ? null : Fault.Of(nameof(Hours), Hours, "Write two times of the day, such as 09:00-18:00, or leave it out."),
            TimeZones.Check(nameof(TimeZone), TimeZone),
            TimeZone is not null && !HasHours ? new Fault(nameof(TimeZone), "is set, and no hours or days", "Set hours or days, or take it out.") { IsWarning = true } : null,
            Channels.Count == 0 ? Fault.Missing(nameof(Channels), "Name who is told; where nobody is to be, write [log].") with { IsWarning = true } : null),
    ];

    private Fault[] CheckSeverities() =>
    [
        .. from entry in Severities.Index()
           where !Enum.GetNames<AlertSeverity>().Contains(entry.Item, StringComparer.OrdinalIgnoreCase)
           select Fault.Of($"{nameof(Severities)}:{entry.Index}", entry.Item, $"{NearestName.Suggest(entry.Item, Enum.GetValues<AlertSeverity>().Select(severity => severity.Label()))}Write critical, high, medium or low."),
    ];
}
