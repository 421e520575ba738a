using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts to a Slack channel, through an incoming webhook. This version reads and checks the section, and sends nothing.</summary>
public sealed class SlackChannelOptions : ISettings
{
    private const int LongestChannel = 80;

    /// <summary>Gets or sets whether alerts are sent to Slack.</summary>
    /// <value>The default is <see langword="null"/>: yes, once <see cref="WebhookUrl"/> is set or the section is in a file.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the address of the incoming webhook, a secret.</summary>
    /// <value>The default is <see langword="null"/>. Form: <c>https://hooks.slack.com/services/…</c>, or that of a proxy.</value>
    public string? WebhookUrl { get; set; }

    /// <summary>Gets or sets the channel, for old webhooks that may choose one.</summary>
    /// <value>The default is <see langword="null"/>: that of the webhook. 1 to 80 characters.</value>
    public string? Channel { get; set; }

    /// <summary>Gets whether the channel is on.</summary>
    internal bool IsOn => Enabled ?? WebhookUrl is not null;

    bool ISettings.IsOff => Enabled == false;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn).Live().OnWhenMentioned(),
        Setting.Text(nameof(WebhookUrl), () => WebhookUrl, value => WebhookUrl = value, "SLACK_WEBHOOK_URL").Live().Secret().TurningOn(),
        Setting.Text(nameof(Channel), () => Channel, value => Channel = value, "SLACK_CHANNEL").Live(),
    ];

    IEnumerable<Fault> ISettings.Check() => IsOn
        ?
        [
            .. SettingRules.Address(nameof(WebhookUrl), WebhookUrl, "Set it to the URL of the incoming webhook, here or in SLACK_WEBHOOK_URL, or set enabled: false."),
            .. SettingRules.Faults(SettingRules.Text(nameof(Channel), Channel, LongestChannel, "Set it to 1 to 80 characters, or leave it out.")),
        ]
        : [];
}
