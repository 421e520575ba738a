using ModelContextProtocol.Client;
using WeatherServer.Hosting;

namespace WeatherServer.Demo;

/// <summary>Two clients, of the newest protocol and of the one before, that call this server over HTTP as long as it runs.</summary>
internal sealed partial class DemoTraffic(OwnAddress address, IHostApplicationLifetime lifetime, ILogger<DemoTraffic> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

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
            await StartedAsync(stop.Token);
            await Task.WhenAll(VisitAsync("2026-07-28", stop.Token), VisitAsync("2025-11-25", stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task VisitAsync(string protocolVersion, CancellationToken cancellationToken)
    {
        for (int visit = 0; ; visit++)
        {
            try
            {
                await using var client = await ConnectAsync(protocolVersion, cancellationToken);
                foreach (var call in visit == 0 ? DemoCalls.Everything : DemoCalls.OrdinaryAndOneOther(visit))
                {
                    await MakeAsync(call, client, cancellationToken);
                    await Task.Delay(Pause, cancellationToken);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                VisitFailed(logger, protocolVersion, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    // Most of the other calls end in an exception here: that is what they are for.
    private static async Task MakeAsync(DemoCall call, McpClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(call.Patience);
        try
        {
            await call.Make(client, limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    private Task<McpClient> ConnectAsync(string protocolVersion, CancellationToken cancellationToken) => McpClient.CreateAsync(
        new HttpClientTransport(new() { Endpoint = new Uri(address.Value, "mcp"), TransportMode = HttpTransportMode.StreamableHttp }, _http),
        new()
        {
            ClientInfo = new() { Name = "weather-demo", Version = "1.0" },
            ProtocolVersion = protocolVersion,
            Handlers = new() { ElicitationHandler = DemoCalls.AnswerAsync },
        },
        cancellationToken: cancellationToken);

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo's client of protocol {ProtocolVersion} could not go on: {Reason}")]
    private static partial void VisitFailed(ILogger logger, string protocolVersion, string reason);
}
