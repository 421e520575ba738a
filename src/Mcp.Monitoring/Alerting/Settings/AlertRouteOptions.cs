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

    /// <summary>Gets or sets whether later routes are looked at as well.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Continue { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(Match), () => Match, value => Match = value),
        Setting.List(nameof(Severities), () => Severities, value => Severities = value),
        Setting.List(nameof(Channels), () => Channels, value => Channels = value),
        Setting.Flag(nameof(Continue), () => Continue, value => Continue = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. CheckSeverities() is { Length: > 0 } unknown ? [.. unknown, .. Matchers.CheckOfAlerts(nameof(Match), Match)]
            : Matchers.CheckOfAlerts(nameof(Match), Match, Severities.Count == 0 ? null : Severities),
        .. AlertNames.CheckChannels(nameof(Channels), Channels),
        .. SettingRules.Faults(Channels.Count == 0 ? Fault.Missing(nameof(Channels), "Name who is told; where nobody is to be, write [log].") with { IsWarning = true } : null),
    ];

    private Fault[] CheckSeverities() =>
    [
        .. from entry in Severities.Index()
           where !Enum.GetNames<AlertSeverity>().Contains(entry.Item, StringComparer.OrdinalIgnoreCase)
           select Fault.Of($"{nameof(Severities)}:{entry.Index}", entry.Item, $"{NearestName.Suggest(entry.Item, Enum.GetValues<AlertSeverity>().Select(severity => severity.Label()))}Write critical, high, medium or low."),
    ];
}
