using System.Runtime.CompilerServices;
using System.Text;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>How channels speak HTTP: on the framework's handler, and while the thread pool has no thread left on sockets that block. Neither follows a redirect,
/// keeps cookies or uses a proxy that is not named here; no span, metric or event of the process tells an address.</summary>
/// <param name="proxyUrl">The proxy, <c>http://</c> or <c>socks5://</c>; none for a direct connection.</param>
/// <param name="time">The clock for an answer that says when to come back and not what time it has.</param>
internal sealed class HttpTransport(string? proxyUrl, TimeProvider? time = null) : IDisposable
{
    /// <summary>How much of an answer is read, in bytes.</summary>
    public const int MostRead = 64 * 1024;

    // The engine, too, finds a pool starved that has run nothing for a second.
    private static readonly TimeSpan PoolPatience = TimeSpan.FromSeconds(1);

    private const string PoolStarved = "the thread pool has had no thread left since it was sent";

    private static readonly string UserAgent = $"Mcp.Monitoring/{BuildInfo.LibraryVersion}";

    // What a starved pool was given to run: until it has, it is starved, and nobody else has to find that out.
    private static volatile StrongBox<bool> _unanswered = new(value: true);

    private readonly FrameworkHttp _framework = new(ProxyOf(proxyUrl));
    private readonly BlockingHttp _blocking = new(ProxyOf(proxyUrl));

    /// <summary>Sends a request and reads the beginning of the answer, on the caller's thread; it comes back when <paramref name="cancellationToken"/> says so.</summary>
    /// <exception cref="SendFailedException">No answer came.</exception>
    public HttpReply Send(HttpRequestMessage request, bool isPoolStarved, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = Exchange(request, isPoolStarved, MostRead, cancellationToken);
        using var body = new StreamReader(response.Content.ReadAsStream(CancellationToken.None), Encoding.UTF8);
        DateTimeOffset? date = response.Headers.Date;
        return new HttpReply((int)response.StatusCode, body.ReadToEnd(), RetryAfter.Read(response, date ?? time?.GetUtcNow()), date);
    }

    /// <summary>Connects, with TLS where the address has it, and sends nothing; on the caller's thread.</summary>
    /// <exception cref="SendFailedException">Nobody answers there, or it is not who it should be.</exception>
    public void Connect(Uri address, CancellationToken cancellationToken) => _blocking.Connect(address, cancellationToken);

    /// <summary>Returns this transport for a library that sends through a client of its own. It answers on the caller's thread, and fails with
    /// <see cref="SendFailedException"/>.</summary>
    /// <param name="isPoolStarved">Whether the thread pool has no thread left; asked for each request.</param>
    /// <param name="mostRead">How much of an answer is read, in bytes.</param>
    public HttpMessageHandler HandlerFor(Func<bool> isPoolStarved, int mostRead = MostRead) =>
        new Handler((request, stop) => Exchange(request, isPoolStarved(), mostRead, stop));

    /// <summary>Returns a client for a library that wants one. Other than a client of the framework over <see cref="HandlerFor"/>, it announces no address to those who
    /// listen to the events of <c>System.Net.Http</c>, for requests without further options.</summary>
    public HttpClient ClientFor(Func<bool> isPoolStarved, int mostRead = MostRead) =>
        new Client(new Handler((request, stop) => Exchange(request, isPoolStarved(), mostRead, stop)));

    public void Dispose() => _framework.Dispose();

    private HttpResponseMessage Exchange(HttpRequestMessage request, bool isPoolStarved, int mostRead, CancellationToken stop)
    {
        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.Add("User-Agent", UserAgent);
        }

        OutgoingRequest.CheckHeaders(request);
        return isPoolStarved || !Volatile.Read(ref _unanswered.Value) ? _blocking.Send(request, mostRead, stop) : OnFramework(request, mostRead, stop);
    }

    private HttpResponseMessage OnFramework(HttpRequestMessage request, int mostRead, CancellationToken stop)
    {
        Waited waited = Waited.FromNow();
        OnceContent? body = request.Content is null ? null : new OnceContent(OutgoingRequest.BodyOf(request));
        try
        {
            // Whoever gives up leaves the exchange alone: it ends on its own, and sends nothing that was forbidden.
            Task<HttpResponseMessage> exchange = _framework.ExchangeAsync(OutgoingRequest.With(request, body), mostRead, stop);
            while (!exchange.IsCompleted)
            {
                if (IsAlive(exchange, stop))
                {
                    continue;
                }

                // What was sent already is not sent twice: the answer to it will not be seen.
                return body?.TryForbid() != false ? _blocking.Send(request, mostRead, stop) : throw new SendFailedException(PoolStarved, mayHaveArrived: true);
            }

            return exchange.Result;
        }
        catch (Exception fault)
        {
            Exception reason = fault is AggregateException { InnerException: { } inner } ? inner : fault;
            bool isBegun = reason is not SendFailedException { MayHaveArrived: false } && (body is null || !body.TryForbid());
            throw FailureWords.Of(reason, HostAndPort.Of(request.RequestUri!), isBegun, waited.Time);
        }
    }

    // The pool may starve a moment before it is known to.
    private static bool IsAlive(Task exchange, CancellationToken stop)
    {
        var ran = new StrongBox<bool>();
        if (exchange.IsCompleted
            || !ThreadPool.UnsafeQueueUserWorkItem(static ran => Volatile.Write(ref ran.Value, value: true), ran, preferLocal: false)
            || exchange.Wait((int)PoolPatience.TotalMilliseconds, stop)
            || Volatile.Read(ref ran.Value))
        {
            return true;
        }

        _unanswered = ran;
        return false;
    }

    private static Uri? ProxyOf(string? url) => string.IsNullOrEmpty(url) ? null : new Uri(url);

    private sealed class Client(Handler handler) : HttpClient(handler)
    {
        public override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => handler.Exchange(request, cancellationToken);

        public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(handler.Exchange(request, cancellationToken));
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> exchange) : HttpMessageHandler
    {
        public HttpResponseMessage Exchange(HttpRequestMessage request, CancellationToken stop)
        {
            HttpResponseMessage response = exchange(request, stop);
            response.RequestMessage = request;
            return response;
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Exchange(request, cancellationToken);

        // On the caller's thread as well: what comes after it needs no thread of the pool then.
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Exchange(request, cancellationToken));
    }
}
