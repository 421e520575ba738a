using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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
        builder.Services.AddSingleton<ILoggerFactory>(new ListenerLogs(services.GetRequiredService<ILoggerFactory>()));
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
                Log.ManagementPortTaken(logger, Setting(port), Reason(exception), Remedy(exception));
                return;
            }

            throw new InvalidOperationException(Explain(port, exception), exception);
        }
    }

    private string Explain(int port, Exception exception)
    {
        ICollection<string>? own = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        return own?.FirstOrDefault(address => address.TrimEnd('/').EndsWith($":{port}", StringComparison.Ordinal)) is { } taken
            ? $"{Setting(port)}, where the application itself listens ({taken}). Set another port, or leave it out to have /metrics on the application's own."
            : $"{Setting(port)}, and it cannot be listened on: {Reason(exception)}. {Remedy(exception)}";
    }

    private string Setting(int port) =>
        $"{Name(nameof(PrometheusOptions.Port))} is {port}{(options.BindAddress is { } on ? $" and {nameof(PrometheusOptions.BindAddress)} is {on}" : "")}";

    private static string Reason(Exception exception) => exception.Message.TrimEnd('.');

    private string Remedy(Exception exception) => SocketErrorOf(exception) switch
    {
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported when options.BindAddress is not null =>
            $"Set {Name(nameof(PrometheusOptions.BindAddress))} to an address of this machine, or leave it out.",
        SocketError.AccessDenied => "Set a port from 1024 on, or let the process listen on those below.",
        _ => "Free the port or set another.",
    };

    private static SocketError? SocketErrorOf(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
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

    /// <summary>The logs of the application, without what the listener's own host has to say of a start that failed: it is said here, with what to do.</summary>
    private sealed class ListenerLogs(ILoggerFactory logs) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) ? NullLogger.Instance : logs.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

        public void Dispose()
        {
        }
    }

    /// <summary>The listener lives as long as the application: the usual lifetime would take Ctrl-C for itself and stop it before the application has drained.</summary>
    private sealed class HostLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
