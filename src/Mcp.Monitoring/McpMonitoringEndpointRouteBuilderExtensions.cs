using Mcp.Monitoring;
using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.OperationsTools.Serving;
using Mcp.Monitoring.StatusPage.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of monitoring.</summary>
public static class McpMonitoringEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/metrics</c> (Prometheus text and OpenMetrics), <c>/health</c> and <c>/health/ready</c> (the host's health checks), <c>/health/live</c>, and <c>/monitoring/artifacts</c>
    /// (generated rules and dashboards), which answers 404 until <c>.Artifacts.RequireAuthorization(…)</c> says who may read it, but to this machine in Development; and
    /// <c>/monitoring</c>, the status page, of which <see cref="McpMonitoringEndpoints.StatusPage"/> says who may see it, with the operations over MCP where they are enabled.
    /// An endpoint of the host's own on the same route wins, with a warning at start. With a port of their own the metrics are not mapped here. Output cache, rate
    /// limiter, request timeouts and compression of the host do not apply to metrics and health, unless a convention on what is returned asks for it; authorization does.
    /// Calling it again on the same builder changes nothing.
    /// </summary>
    /// <param name="endpoints">The application or a group of it.</param>
    /// <returns>The endpoints, for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>services.AddMcpMonitoring()</c> was not called.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message names each fault.</exception>
    public static McpMonitoringEndpoints MapMcpMonitoring(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        IServiceProvider services = endpoints.ServiceProvider;
        MetricsEndpoint metrics = services.GetService<MetricsEndpoint>()
            ?? throw new InvalidOperationException("MapMcpMonitoring() found no monitoring. Call services.AddMcpMonitoring() before the application is built.");
        McpMonitoringOptions settings = services.GetRequiredService<SettingsSource>().Current;
        PrometheusOptions options = settings.Prometheus;
        return services.GetRequiredService<EndpointMappings>().GetOrMap(endpoints, builder => new McpMonitoringEndpoints(
            options is { Enabled: true, Port: null } ? [Routes.MapMetrics(builder, metrics)] : [],
            Routes.MapHealth(builder, services.GetRequiredService<HealthEndpoint>()),
            Routes.MapArtifacts(builder, services.GetRequiredService<ArtifactEndpoint>()),
            [.. StatusRoutes.Map(builder, services), .. settings.OperationsTools.Enabled ? services.GetRequiredService<OperationsServer>().Map(builder) : []]));
    }
}
