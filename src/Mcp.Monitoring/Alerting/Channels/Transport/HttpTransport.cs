using System.Net;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>How channels speak HTTP.</summary>
/// <param name="proxyUrl">The proxy, <c>http://</c> or <c>socks5://</c>; none for a direct connection.</param>
internal sealed class HttpTransport(string? proxyUrl) : IDisposable
{
    private const int MostRead = 64 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxyUrl is not null,
        Proxy = proxyUrl is null ? null : new WebProxy(proxyUrl),
        ActivityHeadersPropagator = null,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request and reads the beginning of the answer, on the caller's thread.</summary>
    /// <exception cref="SendFailedException">No answer came.</exception>
    public HttpReply Send(HttpRequestMessage request, bool isPoolStarved, CancellationToken cancellationToken)
    {
        _ = isPoolStarved;
        try
        {
            using HttpResponseMessage response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            byte[] body = new byte[MostRead];
            int length = response.Content.ReadAsStream(cancellationToken).ReadAtLeast(body, MostRead, throwOnEndOfStream: false);
            return new HttpReply((int)response.StatusCode, Encoding.UTF8.GetString(body, 0, length), response.Headers.RetryAfter?.Delta, response.Headers.Date);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new SendFailedException(fault.Message, mayHaveArrived: true, fault);
        }
    }

    public void Dispose() => _client.Dispose();
}
