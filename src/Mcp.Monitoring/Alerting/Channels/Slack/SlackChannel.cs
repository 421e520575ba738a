using System.Net;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Tells alerts to Slack: as a bot where there is a token, else by an incoming webhook.</summary>
internal sealed class SlackChannel : IConfiguredChannel
{
    public const string Named = "slack";

    private readonly ChannelHost _host;
    private readonly SlackBot _bot;
    private readonly SlackWebhook _webhook;
    private readonly ReloadedTransport _transport;

    public SlackChannel(ChannelHost host)
    {
        _host = host;
        _transport = new ReloadedTransport(host.Time);
        var warnings = new SlackWarnings(host.Logging.CreateLogger<SlackChannel>(), host.Time);
        _bot = new SlackBot(host.Memory, warnings);
        _webhook = new SlackWebhook(warnings);
    }

    public string Name => Named;

    public bool IsOn => _host.Options().Slack.IsOn;

    public AlertSeverity MinimumSeverity => AlertSeverity.High;

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken) => Ask(
        (options, requests) => SlackEncoder.Of(notification, _host.Texts()) is var message && options.IsBot
            ? _bot.Send(notification, message, options, requests)
            : _webhook.Send(message, options, requests),
        notification.IsThreadPoolStarved,
        cancellationToken);

    public DeliveryResult Check(CancellationToken cancellationToken)
    {
        DeliveryResult result = CheckOnce(cancellationToken);
        if (result.Status == DeliveryStatus.Unknown && !cancellationToken.IsCancellationRequested)
        {
            // The pool may have starved while it waited, and the transport goes another way from then on. There was no message that may have arrived.
            result = CheckOnce(cancellationToken);
        }

        return result.Status == DeliveryStatus.Unknown ? DeliveryResult.Retry(result.Error!) : result;
    }

    private DeliveryResult CheckOnce(CancellationToken stop) =>
        Ask(static (options, requests) => options.IsBot ? CheckToken(options, requests) : CheckHost(options, requests), _host.IsPoolStarved(), stop);

    private static DeliveryResult CheckToken(SlackChannelOptions options, SlackRequests requests)
    {
        SlackAnswer answer = requests.Call(options, SlackBot.TestToken, "{}"u8.ToArray());
        return answer.IsOk ? DeliveryResult.Delivered() : SlackErrors.Of(answer);
    }

    // Only a message would show whether the webhook is still one.
    private static DeliveryResult CheckHost(SlackChannelOptions options, SlackRequests requests)
    {
        HttpReply reply = requests.Greet(options);
        return reply.Status is >= 500 or (int)HttpStatusCode.ProxyAuthenticationRequired
            ? HttpOutcome.Of(Named, reply, "Look at alerts.channels.slack.proxy_url.")
            : DeliveryResult.Delivered();
    }

    private DeliveryResult Ask(Func<SlackChannelOptions, SlackRequests, DeliveryResult> ask, bool isPoolStarved, CancellationToken stop)
    {
        SlackChannelOptions options = _host.Options().Slack;
        if (!options.IsOn)
        {
            return DeliveryResult.Permanent("slack: alerts.channels.slack was switched off.");
        }

        try
        {
            return ask(options, new SlackRequests(_transport.Through(options.ProxyUrl).Send, isPoolStarved, stop));
        }
        catch (SendFailedException fault)
        {
            return HttpOutcome.Of(Named, fault);
        }
    }
}
