namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>The format of each preset.</summary>
internal static class WebhookFormats
{
    private static readonly AlertmanagerFormat Alertmanager = new();
    private static readonly PagerDutyFormat PagerDuty = new();
    private static readonly OpsgenieFormat Opsgenie = new();
    private static readonly NtfyFormat Ntfy = new();
    private static readonly TeamsFormat Teams = new();
    private static readonly DiscordFormat Discord = new();

    public static IWebhookFormat Of(WebhookPreset preset) => preset switch
    {
        WebhookPreset.Alertmanager => Alertmanager,
        WebhookPreset.Pagerduty => PagerDuty,
        WebhookPreset.Opsgenie => Opsgenie,
        WebhookPreset.Ntfy => Ntfy,
        WebhookPreset.Teams => Teams,
        WebhookPreset.Discord => Discord,
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, message: null),
    };
}
