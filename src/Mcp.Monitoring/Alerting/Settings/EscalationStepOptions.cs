using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>One step of an escalation.</summary>
public sealed class EscalationStepOptions : ISettings
{
    /// <summary>Gets or sets how long after the incident was opened.</summary>
    /// <value>The default is 0: at once. Valid range: 0 to 7 days.</value>
    public TimeSpan After { get; set; }

    /// <summary>Gets or sets the channels that are told.</summary>
    /// <value>The default is an empty list: those of the alert's route.</value>
    public IList<string> Channels { get; set; } = [];

    /// <summary>Gets or sets whether it is left out once somebody has acknowledged the incident.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool OnlyIfNotAcknowledged { get; set; } = true;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Duration(nameof(After), () => After, value => After = value),
        Setting.List(nameof(Channels), () => Channels, value => Channels = value),
        Setting.Flag(nameof(OnlyIfNotAcknowledged), () => OnlyIfNotAcknowledged, value => OnlyIfNotAcknowledged = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(SettingRules.Between(nameof(After), After, TimeSpan.Zero, TimeSpan.FromDays(7))),
        .. AlertNames.CheckChannels(nameof(Channels), Channels),
    ];
}
