using System.Net.Http.Headers;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Sends a request, as <see cref="HttpTransport.Send"/> does.</summary>
internal delegate HttpReply SlackExchange(HttpRequestMessage request, bool isPoolStarved, CancellationToken stop);

/// <summary>Slack's two APIs for one call of the channel.</summary>
/// <param name="exchange">Sends a request.</param>
/// <param name="isPoolStarved">Whether the thread pool runs nothing.</param>
/// <param name="stop">Ends the call.</param>
internal readonly struct SlackRequests(SlackExchange exchange, bool isPoolStarved, CancellationToken stop)
{
    /// <summary>Calls a method of the Web API.</summary>
    public SlackAnswer Call(SlackChannelOptions options, string method, byte[] body)
    {
        using HttpRequestMessage request = Post($"{options.BaseAddress}/{method}", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken);
        return SlackAnswer.OfMethod(exchange(request, isPoolStarved, stop));
    }

    /// <summary>Posts to an incoming webhook.</summary>
    public SlackAnswer Post(SlackChannelOptions options, byte[] body)
    {
        using HttpRequestMessage request = Post(options.WebhookUrl!, body);
        return SlackAnswer.OfWebhook(exchange(request, isPoolStarved, stop));
    }

    /// <summary>Asks the host of the webhook for anything: it must be there, and nobody is told.</summary>
    public HttpReply Greet(SlackChannelOptions options)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(options.WebhookUrl!), "/"));
        return exchange(request, isPoolStarved, stop);
    }

    // Slack warns of a body without a charset.
    private static HttpRequestMessage Post(string address, byte[] body) => new(HttpMethod.Post, address)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
    };
}
