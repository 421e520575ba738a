using System.Net.Http.Headers;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>Tells alerts to one address of <c>alerts.channels.webhooks</c>.</summary>
/// <param name="host">What it may use.</param>
/// <param name="name">The name of its entry, which is that of the channel.</param>
internal sealed class WebhookChannel(ChannelHost host, string name) : IConfiguredChannel
{
    private const int LongestAnswer = 200;

    private readonly ReloadedTransport _transport = new(host.Time);

    public string Name => name;

    public bool IsOn => Options() is not null;

    public AlertSeverity MinimumSeverity => Options()?.Severity ?? AlertSeverity.Critical;

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        if (Options() is not { } options)
        {
            return Gone();
        }

        IWebhookFormat format = WebhookFormats.Of(options.Preset);
        DeliveryResult result = DeliveryResult.Delivered();
        for (WebhookCall? call = format.Encode(notification, options, host.Texts()); call is not null && result.Status == DeliveryStatus.Delivered; call = call.Then)
        {
            result = Post(call, format, notification, options, cancellationToken);
        }

        return result;
    }

    private DeliveryResult Post(WebhookCall call, IWebhookFormat format, AlertNotification notification, WebhookChannelOptions options, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(call, notification, options);
        try
        {
            HttpReply reply = _transport.Through(options.ProxyUrl).Send(request, notification.IsThreadPoolStarved, cancellationToken);
            return call.IsEnd && reply.Status == 404 ? DeliveryResult.Delivered() : HttpOutcome.Of(name, reply, $"{Said(reply, options)}{format.Remedy}");
        }
        catch (SendFailedException failure)
        {
            return HttpOutcome.Of(name, failure);
        }
    }

    /// <summary>Connects and greets; nobody is sent anything.</summary>
    public DeliveryResult Check(CancellationToken cancellationToken)
    {
        if (Options() is not { } options)
        {
            return Gone();
        }

        try
        {
            _transport.Through(options.ProxyUrl).Connect(new Uri(options.Address!), cancellationToken);
            return DeliveryResult.Delivered();
        }
        catch (SendFailedException failure)
        {
            return HttpOutcome.Of(name, failure);
        }
    }

    private HttpRequestMessage Request(WebhookCall call, AlertNotification notification, WebhookChannelOptions options)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, call.Address) { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        // Of two posts for one message the second is no further attempt of the first.
        request.Headers.Add("Idempotency-Key", call.IsEnd && !WebhookParts.IsEnd(notification) ? $"{notification.Id}-end" : notification.Id);
        request.Headers.Add("X-Mcp-Event", SettingNames.Snake(notification.Kind.ToString()));
        if ((call.Authorization ?? SignIn(call.Address)) is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (options.Secret is { } secret)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, call.Body, host.Time.GetUtcNow()));
        }

        return request;
    }

    private static string? SignIn(Uri address) => address.UserInfo.Length == 0 ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))}";

    // What a receiver says about a refusal often names the reason, and may repeat what it was sent.
    private static string Said(HttpReply reply, WebhookChannelOptions options)
    {
        string said = reply.Body;
        foreach (string secret in new[] { options.Token, options.Secret, options.Url, options.Url is { } url ? new Uri(url).PathAndQuery.Trim('/') : null }.OfType<string>())
        {
            said = secret.Length == 0 ? said : said.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        said = LineSanitizer.Of(said, LongestAnswer);
        return reply.Status is >= 400 and < 500 && said.Length > 0 && said[0] != '<' ? $"It says: {said.TrimEnd('.')}. " : "";
    }

    private WebhookChannelOptions? Options() => host.Options().Webhooks.FirstOrDefault(webhook => webhook.Name == name);

    private DeliveryResult Gone() => DeliveryResult.Permanent($"{name}: it is no longer among alerts.channels.webhooks. Start the host anew, or put it back.");
}
