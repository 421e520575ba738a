using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.Alerting.Channels;

/// <summary>The channels of this library, in the order of preference.</summary>
internal static class BuiltInChannels
{
    public static IEnumerable<IConfiguredChannel> Of(ChannelHost host) =>
    [
        .. TelegramSupport.IsIncluded ? [new TelegramChannel(host)] : Array.Empty<IConfiguredChannel>(),
        new SlackChannel(host),
        new EmailChannel(host),
        .. host.Options().Webhooks.Select(webhook => new WebhookChannel(host, webhook.Name)),
    ];
}
