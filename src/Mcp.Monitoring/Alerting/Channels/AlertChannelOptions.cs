using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>The ways to people; each is on once it has its address, and a half-filled one stops the start.</summary>
public sealed class AlertChannelOptions : ISettings
{
    private const int MostWebhooks = 20;

    /// <summary>Gets e-mail.</summary>
    public EmailChannelOptions Email { get; } = new();

    /// <summary>Gets Slack.</summary>
    public SlackChannelOptions Slack { get; } = new();

    /// <summary>Gets Telegram.</summary>
    public TelegramChannelOptions Telegram { get; } = new();

    /// <summary>Gets the log.</summary>
    public LogChannelOptions Log { get; } = new();

    /// <summary>Gets the webhooks, each a channel by its name.</summary>
    /// <value>The default is an empty list. At most 20.</value>
    public IList<WebhookChannelOptions> Webhooks { get; } = [];

    IEnumerable<Setting> ISettings.Settings => [Setting.Sections(nameof(Webhooks), Webhooks)];

    IEnumerable<Section> ISettings.Sections => [new(nameof(Email), Email), new(nameof(Slack), Slack), new(nameof(Telegram), Telegram), new(nameof(Log), Log)];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(Webhooks.Count > MostWebhooks ? new Fault(nameof(Webhooks), $"has {Webhooks.Count} entries", $"Give at most {MostWebhooks}.") : null),
        .. from entry in Webhooks.Index()
           where entry.Item.Name.Length > 0 && Webhooks.Take(entry.Index).Any(before => before.Name == entry.Item.Name)
           select Fault.Of($"{nameof(Webhooks)}:{entry.Index}:{nameof(WebhookChannelOptions.Name)}", entry.Item.Name, "There is a webhook of this name above it. Give each a name of its own."),
    ];
}
