using ModelContextProtocol.Client;
using OneCServer.Hosting;

namespace OneCServer.Demo;

/// <summary>A client that calls the tools of this server over HTTP as long as it runs.</summary>
internal sealed partial class DemoTraffic(OwnAddress address, IHostApplicationLifetime lifetime, ILogger<DemoTraffic> logger) : BackgroundService
{
    private const string First = "00000000-0000-0000-0000-000000000001", Second = "00000000-0000-0000-0000-000000000002", None = "00000000-0000-0000-0000-000000000009";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly (string Tool, string Argument, string Value)[] Calls =
    [
        ("get_order", "id", First), ("find_orders", "customer", "Romashka"), ("get_price", "item", "pen"), ("notify", "id", First),
        ("get_order", "id", Second), ("get_price", "item", "pen"), ("get_order", "id", None), ("get_price", "item", "desk"),
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server stops before this service is told to; a client that called on until then would hold it up.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await lifetime.StartedAsync(stop.Token);
            while (true)
            {
                await VisitAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task VisitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using McpClient client = await McpClient.CreateAsync(
                new HttpClientTransport(new() { Endpoint = new Uri(address.Value, "mcp"), TransportMode = HttpTransportMode.StreamableHttp }, _http),
                new() { ClientInfo = new() { Name = "orders-demo", Version = "1.0" } },
                cancellationToken: cancellationToken);
            foreach ((string tool, string argument, string value) in Calls)
            {
                await client.CallToolAsync(tool, new Dictionary<string, object?>(StringComparer.Ordinal) { [argument] = value }, cancellationToken: cancellationToken);
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            VisitFailed(logger, failure.Message);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The demo's client failed: {Reason}")]
    private static partial void VisitFailed(ILogger logger, string reason);
}
