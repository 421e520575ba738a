using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

/// <summary>Starts what runs beside the requests and stops it after them.</summary>
internal sealed class MonitoringHost(
    IServiceProvider services,
    IMcpMonitor monitor,
    ManagementListener listener,
    IEnumerable<IOperationSource> sources,
    ILogger<MonitoringHost> logger) : IHostedLifecycleService, IDisposable
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (IOperationSource source in sources)
        {
            try
            {
                source.Declare();
            }
            catch (Exception fault)
            {
                Log.OperationsNotRead(logger, fault);
            }
        }

        McpMonitor.HostStarted(monitor, services);
        return Task.CompletedTask;
    }

    /// <summary>After the application's own ports: who asks the listener whether the server is ready must not hear so before it is, and of two claims to one port
    /// ours is the one that can say what to do.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await listener.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (string route in ShadowedRoutes())
        {
            Log.EndpointShadowed(logger, route);
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        McpMonitor.HostStopped(monitor);
        await listener.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A host whose start failed is disposed without a stop.</summary>
    public void Dispose() => McpMonitor.HostStopped(monitor);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> ShadowedRoutes()
    {
        if (services.GetService<EndpointDataSource>() is not { } all)
        {
            return [];
        }

        ILookup<bool, RouteEndpoint> routes = all.Endpoints.OfType<RouteEndpoint>()
            .ToLookup(endpoint => endpoint.Metadata.GetMetadata<MonitoringEndpoint>() is not null);
        return routes[true].Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/')).Where(route => routes[false].Any(other => Shadows(other, route)));
    }

    // A constraint may let our route pass: better no warning than a false one.
    private static bool Shadows(RouteEndpoint other, string route) =>
        other.Order < MonitoringEndpoint.Order
        && other.RoutePattern.ParameterPolicies.Count == 0
        && (other.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods } || methods.Contains(HttpMethods.Get, StringComparer.OrdinalIgnoreCase))
        && new TemplateMatcher(new RouteTemplate(other.RoutePattern), []).TryMatch(route, []);
}
