using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>Asks a dependency from time to time whether it answers, through the client that the tools use. What comes of it is measured as any call is, as <c>probe</c>.</summary>
internal sealed class HttpProbe(HttpDependencyRegistration registration, IHttpClientFactory clients, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(registration.Options.ProbeEvery, time);
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

    // The handler around the client has measured how it ended.
    private async Task AskAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(registration.Options.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            using HttpClient client = clients.CreateClient(registration.Client);
            using var request = new ProbeRequest(registration.Options.Probe!);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // It is down, and the metrics say so.
        }
    }
}
