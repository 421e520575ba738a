using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Which alerts become incidents, and when those are over.</summary>
public sealed class IncidentOptions : ISettings
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Gets or sets from which severity on an alert makes an incident.</summary>
    /// <value>The default is <see cref="AlertSeverity.Critical"/>.</value>
    public AlertSeverity Severity { get; set; } = AlertSeverity.Critical;

    /// <summary>Gets or sets how long all alerts of an incident must be over until it is over itself.</summary>
    /// <value>The default is 2 minutes. Valid range: 0 to 1 day.</value>
    public TimeSpan ResolveAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets within which time after its end the same trouble opens the same incident again.</summary>
    /// <value>The default is 15 minutes. Valid range: 0 to 1 day.</value>
    public TimeSpan ReopenWithin { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long an acknowledgement holds; then people are called again. 0: until the end.</summary>
    /// <value>The default is 1 hour. Valid range: 0 to 1 day.</value>
    public TimeSpan AcknowledgeTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long an incident that somebody ended stays so while its alerts go on firing.</summary>
    /// <value>The default is 1 hour. Valid range: 0 to 1 day.</value>
    public TimeSpan ManualResolveHold { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets the same where Alertmanager tells: an acknowledgement holds as long as the silences that stand for it there.</summary>
    internal IncidentOptions Forwarded => new()
    {
        Severity = Severity,
        ResolveAfter = ResolveAfter,
        ReopenWithin = ReopenWithin,
        AcknowledgeTimeout = TimeSpan.FromHours(4),
        ManualResolveHold = ManualResolveHold,
    };

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Choice(nameof(Severity), () => Severity, value => Severity = value).Live(),
        Setting.Duration(nameof(ResolveAfter), () => ResolveAfter, value => ResolveAfter = value).Live(),
        Setting.Duration(nameof(ReopenWithin), () => ReopenWithin, value => ReopenWithin = value).Live(),
        Setting.Duration(nameof(AcknowledgeTimeout), () => AcknowledgeTimeout, value => AcknowledgeTimeout = value).Live(),
        Setting.Duration(nameof(ManualResolveHold), () => ManualResolveHold, value => ManualResolveHold = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Between(nameof(ResolveAfter), ResolveAfter, TimeSpan.Zero, Day),
        SettingRules.Between(nameof(ReopenWithin), ReopenWithin, TimeSpan.Zero, Day),
        SettingRules.Between(nameof(AcknowledgeTimeout), AcknowledgeTimeout, TimeSpan.Zero, Day),
        SettingRules.Between(nameof(ManualResolveHold), ManualResolveHold, TimeSpan.Zero, Day));
}
