using Mcp.Monitoring.Instrumentation.Mcp;
using Mcp.Monitoring.OperationsTools;
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

    /// <summary>
    /// Adds the tools that tell how this server is (<c>get_status</c>, <c>list_incidents</c>, <c>explain_operation</c> and so on) to a server of your choice, beside its own. They
    /// answer whom the status page lets in, and act for whom may act there; over stdio they only read. They are in no number of the application. Each list of tools is longer
    /// by them, for every client; <c>operations_tools.enabled</c> serves them apart, at <c>/monitoring/mcp</c>.
    /// </summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="services">The services of the host, in which <c>services.AddMcpMonitoring()</c> was called, and over HTTP <c>services.AddHttpContextAccessor()</c>.</param>
    /// <param name="prefix">What their names begin with: with <c>monitoring_</c> it is <c>monitoring_get_status</c>. The default is nothing; a tool of the server's own of the same
    /// name stays.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/>, <paramref name="services"/> or <paramref name="prefix"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">One of the calls on <c>services</c> is missing.</exception>
    public static McpServerOptions AddMonitoringTools(this McpServerOptions options, IServiceProvider services, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(prefix);
        OperationsToolsRegistration.AddTo(options, services, prefix);
        return options;
    }
}
