using System.Diagnostics.Metrics;
using System.Net.Sockets;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>
/// The framework's HTTP, of which nobody else hears: no span, no metric and no event has an address of ours, which may hold a token. It needs the thread pool.
/// </summary>
internal sealed class FrameworkHttp : DelegatingHandler
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    private readonly Uri? _proxy;

    public FrameworkHttp(Uri? proxy)
    {
        _proxy = proxy;
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MeterFactory = new NoMeters(),
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectLimit,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleLimit,
            MaxResponseDrainSize = 0,
            SslOptions = CertificateCheck.Options(fetchesCertificates: true),
        };
    }

    /// <summary>Sends a request, disposes of it, and reads the beginning of the answer.</summary>
    public Task<HttpResponseMessage> ExchangeAsync(HttpRequestMessage request, int mostRead, CancellationToken stop)
    {
        Task<HttpResponseMessage> exchange = RunAsync(request, mostRead, stop);
        return OwnThread.Observed(exchange);
    }

    private async Task<HttpResponseMessage> RunAsync(HttpRequestMessage request, int mostRead, CancellationToken stop)
    {
        using HttpRequestMessage sent = request;

        // Not through a client or an invoker: these announce the whole address to whoever listens to System.Net.Http.
        HttpResponseMessage response = await SendAsync(sent, stop).ConfigureAwait(false);
        using HttpContent content = response.Content;
        using Stream stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var body = new MemoryStream();
        byte[] part = new byte[4096];
        while (body.Length < mostRead
            && await stream.ReadAsync(part.AsMemory(0, (int)Math.Min(part.Length, mostRead - body.Length)), stop).ConfigureAwait(false) is > 0 and var read)
        {
            body.Write(part, 0, read);
        }

        response.Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        response.Content.Headers.ContentType = content.Headers.ContentType;
        return response;
    }

    // A name that does not resolve, or an address that does not answer, holds a thread for seconds: never one of the host's pool.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        Socket socket = await OwnThread.Run("Mcp.Monitoring connect", () => ChannelSocket.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, _proxy, stop)).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Makes meters whose instruments are never published.</summary>
    private sealed class NoMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options.Name);
            meter.Dispose();
            return meter;
        }

        public void Dispose()
        {
        }
    }
}
