using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>Asks a dependency for something from time to time, through the client that the tools use. How it ended is measured as any call is, by the handler around the client.</summary>
internal sealed class HttpPoller(HttpDependencyRegistration registration, HttpPoll poll, IHttpClientFactory clients, TimeProvider time)
    : BackgroundService, IHostedLifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins once the server listens: what is asked may be in this process.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(poll.Every, time);
        try
        {
            do
            {
                await AskAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task AskAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(registration.Options.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            using HttpClient client = clients.CreateClient(registration.Client);
            using var request = new PollRequest(poll.Address, poll.Call);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (poll.Read is { } read && response.IsSuccessStatusCode)
            {
                await read(response, either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // It is down, and the metrics say so.
        }
    }
}
