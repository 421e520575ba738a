using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Metrics.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

/// <summary>
/// A second Kestrel for <c>/metrics</c> and <c>/health</c> on a port of its own; a listener added to the application's Kestrel would discard its
/// <c>--urls</c>. It shares the registry and the health checks.
/// </summary>
internal sealed class ManagementListener(
    IServiceProvider services, PrometheusOptions options, Func<string, string> nameOf, ILogger<ManagementListener> logger) : IAsyncDisposable, IDisposable
{
    private WebApplication? _listener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Port is not { } port)
        {
            return;
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.BindAddress is { } address)
            {
                kestrel.Listen(IPAddress.Parse(address), port);
            }
            else
            {
                kestrel.ListenAnyIP(port);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, HostLifetime>();
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        WebApplication listener = builder.Build();
        if (options.Enabled)
        {
            Routes.MapMetrics(listener, services.GetRequiredService<MetricsEndpoint>());
        }

        Routes.MapHealth(listener, services.GetRequiredService<HealthEndpoint>());
        try
        {
            await listener.StartAsync(cancellationToken).ConfigureAwait(false);
            _listener = listener;
            Log.ManagementListenerStarted(logger, listener.Urls);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            // A stdio server is started by its client, often several times on one machine: it must serve even when the port is taken.
            if (services.GetService<IServer>() is null)
            {
                Log.ManagementPortTaken(logger, exception, Name(nameof(PrometheusOptions.Port)), port);
                return;
            }

            throw new InvalidOperationException(Explain(port, exception), exception);
        }
    }

    private string Explain(int port, Exception exception)
    {
        string setting = $"{Name(nameof(PrometheusOptions.Port))} is {port}{(options.BindAddress is { } on ? $" and {nameof(PrometheusOptions.BindAddress)} is {on}" : "")}";
        ICollection<string>? own = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        return own?.FirstOrDefault(address => address.TrimEnd('/').EndsWith($":{port}", StringComparison.Ordinal)) is { } taken
            ? $"{setting}, where the application itself listens ({taken}). Set another port, or leave it out to have /metrics on the application's own."
            : $"{setting}, and it cannot be listened on: {exception.Message} Free the port or set another.";
    }

    private string Name(string setting) => nameOf($"Prometheus:{setting}");

    // For a service provider that is not disposed asynchronously.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_listener is { } listener)
        {
            _listener = null;
            // Scrapes are short and repeat themselves; none is worth a slow stop.
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await listener.StopAsync(now.Token).ConfigureAwait(false);
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The listener lives as long as the application: the usual lifetime would take Ctrl-C for itself and stop it before the application has drained.</summary>
    private sealed class HostLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
