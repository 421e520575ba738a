using Mcp.Monitoring.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;

namespace ModelContextProtocol.Server;

/// <summary>Adds monitoring to a server made by hand.</summary>
public static class McpMonitoringServerOptionsExtensions
{
    /// <summary>
    /// Monitors a server that is made by hand with <c>McpServer.Create</c>. Servers of the host's own options are monitored without it. Call it when the
    /// options are complete; a second call for the same options does nothing, unless it gives a prefix for the first time.
    /// </summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="services">The services of the host, in which <c>services.AddMcpMonitoring()</c> was called.</param>
    /// <param name="prefix">What the names of this server's operations begin with, followed by a point: with <c>b</c> its tool <c>search</c> is
    /// <c>b.search</c>. The default is <see langword="null"/>: servers of one host add up.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>services.AddMcpMonitoring()</c> was not called.</exception>
    public static McpServerOptions AddMcpMonitoring(this McpServerOptions options, IServiceProvider services, string? prefix = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        ServerInstrumentations instrumentations = services.GetService<ServerInstrumentations>()
            ?? throw new InvalidOperationException("options.AddMcpMonitoring(services) found no monitoring. Call services.AddMcpMonitoring() before the services are built.");
        instrumentations.Install(options, prefix, isHttp: false);
        return options;
    }
}
