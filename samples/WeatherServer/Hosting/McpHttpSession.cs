using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace WeatherServer.Hosting;

/// <summary>One MCP server behind HTTP: for a single request, or for all requests of a session. Any thread.</summary>
internal sealed class McpHttpSession : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _run;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private int _requests;
    private long _lastUsed = Environment.TickCount64;
    private bool _isClosed;
    private bool _hasEventStream;

    private McpHttpSession(StreamableHttpServerTransport transport, McpServerOptions options, IServiceProvider services, bool flow)
    {
        Transport = transport;
        _server = McpServer.Create(transport, options, services.GetRequiredService<ILoggerFactory>(), services);
        _run = flow ? _server.RunAsync(_closed.Token) : RunApartAsync();
    }

    public StreamableHttpServerTransport Transport { get; }

    public static McpHttpSession ForOneRequest(HttpContext context)
    {
        var services = context.RequestServices;
        // The factory, not IOptions.Value: the SDK does so too, each request has options of its own.
        var options = services.GetRequiredService<IOptionsFactory<McpServerOptions>>().Create(Options.DefaultName);
        options.ScopeRequests = false;      // the HTTP request is the scope
        var transport = new StreamableHttpServerTransport(services.GetRequiredService<ILoggerFactory>()) { Stateless = true };
        return new McpHttpSession(transport, options, services, flow: true);
    }

    public static McpHttpSession ForMany(string sessionId, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<McpServerOptions>>().Value;
        var transport = new StreamableHttpServerTransport(services.GetRequiredService<ILoggerFactory>())
        {
            SessionId = sessionId,
            FlowExecutionContextFromRequests = true,    // so that IHttpContextAccessor and Activity.Current are those of the request
        };
        return new McpHttpSession(transport, options, services, flow: false);
    }

    /// <returns>Whether the session is open; then it counts as used until <see cref="Leave"/>.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _requests += _isClosed ? 0 : 1;
            return !_isClosed;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _requests--;
            _lastUsed = Environment.TickCount64;
        }
    }

    /// <returns>Whether this is the session's first event stream; the SDK allows one.</returns>
    public bool TryStartEventStream()
    {
        lock (_gate)
        {
            bool isFirst = !_hasEventStream;
            _hasEventStream = true;
            return isFirst;
        }
    }

    public bool TryCloseIdle(TimeSpan idle)
    {
        lock (_gate)
        {
            _isClosed |= _requests == 0 && Environment.TickCount64 - _lastUsed > idle.TotalMilliseconds;
            return _isClosed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        await Transport.DisposeAsync();         // ends the requests that wait for an answer
        await _closed.CancelAsync();            // cancels the handlers that still run
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
        }

        await _server.DisposeAsync();
        _closed.Dispose();
    }

    // The session outlives the request that opens it and must not keep its HttpContext and Activity.
    private Task RunApartAsync()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => _server.RunAsync(_closed.Token));
        }
    }
}
