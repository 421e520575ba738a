using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>When an alert that comes and goes is no longer told each time.</summary>
public sealed class FlappingOptions : ISettings
{
    /// <summary>Gets or sets whether it is looked for.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how often an alert must have come and gone within <see cref="Window"/>.</summary>
    /// <value>The default is 4. Valid range: 2 to 100.</value>
    public int Cycles { get; set; } = 4;

    /// <summary>Gets or sets within which time.</summary>
    /// <value>The default is 30 minutes. Valid range: 1 minute to 1 day.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets how long it must stay as it is until it counts as settled.</summary>
    /// <value>The default is 15 minutes. Valid range: 1 minute to 1 day.</value>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(15);

    bool ISettings.IsOff => !Enabled;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value).Live(),
        Setting.Integer(nameof(Cycles), () => Cycles, value => Cycles = value).Live(),
        Setting.Duration(nameof(Window), () => Window, value => Window = value).Live(),
        Setting.Duration(nameof(Quiet), () => Quiet, value => Quiet = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Between(nameof(Cycles), Cycles, 2, 100),
        SettingRules.Between(nameof(Window), Window, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        SettingRules.Between(nameof(Quiet), Quiet, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)));
}
