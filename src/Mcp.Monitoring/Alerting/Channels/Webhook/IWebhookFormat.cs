using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>How messages are written for one kind of receiver. Pure: the same message is the same call.</summary>
internal interface IWebhookFormat
{
    /// <summary>Gets where the service is, if it is in one place for everybody.</summary>
    string? DefaultAddress => null;

    /// <summary>Gets what to do when the receiver refuses, a sentence.</summary>
    string Remedy { get; }

    /// <param name="notification">The message; its texts are hostile.</param>
    /// <param name="options">The settings, which are right.</param>
    /// <param name="texts">The language of the message.</param>
    WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts);
}
