using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts;

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
    /// <value>The default is an empty list: nobody.</value>
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
        .. Matchers.Check(nameof(Match), Match),
        .. from entry in Severities.Index()
           where !Enum.GetNames<AlertSeverity>().Contains(entry.Item, StringComparer.OrdinalIgnoreCase)
           select Fault.Of($"{nameof(Severities)}:{entry.Index}", entry.Item, "Write critical, high, medium or low."),
        .. from entry in Channels.Index()
           where !AlertNames.IsChannel(entry.Item)
           select Fault.Of($"{nameof(Channels)}:{entry.Index}", entry.Item, "Name a channel: email, slack, telegram, log, or one of your own."),
    ];
}
