using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Hosting;

/// <summary>The endpoints, the same on the application's port and on the management listener.</summary>
internal static class Routes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder MapMetrics(IEndpointRouteBuilder endpoints, MetricsEndpoint metrics) =>
        Map(endpoints, "/metrics", metrics.InvokeAsync);

    public static IReadOnlyList<IEndpointConventionBuilder> MapHealth(IEndpointRouteBuilder endpoints, HealthEndpoint health) =>
    [
        Map(endpoints, "/health", health.CheckAsync),
        Map(endpoints, "/health/ready", health.CheckAsync),
        Map(endpoints, "/health/live", HealthEndpoint.LiveAsync),
    ];

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate answer)
    {
        IEndpointConventionBuilder endpoint = endpoints.MapMethods(pattern, Reading, HostMiddlewareExemptions.Uncompressed(answer));
        endpoint.WithDisplayName("Mcp.Monitoring " + pattern);
        endpoint.WithMetadata(MonitoringEndpoint.Instance);
        endpoint.Exempt();
        return endpoint;
    }
}
