using Mcp.Monitoring.Alerts.Channels;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts;

/// <summary>Alerts and who is told. This version reads and checks the section: no rule is evaluated, and nothing is sent.</summary>
public sealed class AlertOptions : ISettings
{
    /// <summary>Gets or sets whether alert rules are evaluated.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how long past alerts are kept, in days.</summary>
    /// <value>The default is 30. Valid range: 1 to 3650.</value>
    public int RetentionDays { get; set; } = 30;

    /// <summary>Gets the ways to people.</summary>
    public AlertChannelOptions Channels { get; } = new();

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value),
        Setting.Integer(nameof(RetentionDays), () => RetentionDays, value => RetentionDays = value),
    ];

    IEnumerable<Section> ISettings.Sections => [new(nameof(Channels), Channels)];

    IEnumerable<Fault> ISettings.Check() => Rules.Faults(Rules.Between(nameof(RetentionDays), RetentionDays, 1, 3650, " days"));
}
