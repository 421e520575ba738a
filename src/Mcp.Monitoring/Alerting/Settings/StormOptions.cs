using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>How many alerts and messages are too many.</summary>
public sealed class StormOptions : ISettings
{
    /// <summary>Gets or sets how many groups may begin within a minute on a channel; more become one message that counts them.</summary>
    /// <value>The default is 20. Valid range: 1 to 1,000.</value>
    public int GroupsPerMinute { get; set; } = 20;

    /// <summary>Gets or sets how many messages a channel gets within an hour; more become one message that counts them.</summary>
    /// <value>The default is 60. Valid range: 1 to 10,000.</value>
    public int MessagesPerHour { get; set; } = 60;

    /// <summary>Gets or sets how many alerts may be active; more that code raises are dropped and counted. What rules find always comes in.</summary>
    /// <value>The default is 5,000. Valid range: 100 to 100,000.</value>
    public int MaxAlerts { get; set; } = 5_000;

    /// <summary>Gets or sets how many raised alerts may wait; takes effect with a restart.</summary>
    /// <value>The default is 10,000. Valid range: 100 to 1,000,000.</value>
    public int QueueLength { get; set; } = 10_000;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Integer(nameof(GroupsPerMinute), () => GroupsPerMinute, value => GroupsPerMinute = value).Live(),
        Setting.Integer(nameof(MessagesPerHour), () => MessagesPerHour, value => MessagesPerHour = value).Live(),
        Setting.Integer(nameof(MaxAlerts), () => MaxAlerts, value => MaxAlerts = value).Live(),
        Setting.Integer(nameof(QueueLength), () => QueueLength, value => QueueLength = value),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Between(nameof(GroupsPerMinute), GroupsPerMinute, 1, 1_000),
        SettingRules.Between(nameof(MessagesPerHour), MessagesPerHour, 1, 10_000),
        SettingRules.Between(nameof(MaxAlerts), MaxAlerts, 100, 100_000),
        SettingRules.Between(nameof(QueueLength), QueueLength, 100, 1_000_000));
}
