using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Hosting;

/// <summary>The endpoints, the same on the application's port and on the management listener.</summary>
internal static class Routes
{
    private const string Artifacts = "/monitoring/artifacts", ArtifactFile = $"{Artifacts}/{{**{ArtifactEndpoint.PathValue}}}";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder MapMetrics(IEndpointRouteBuilder endpoints, MetricsEndpoint metrics) =>
        Map(endpoints, "/metrics", metrics.InvokeAsync);

    public static IReadOnlyList<IEndpointConventionBuilder> MapHealth(IEndpointRouteBuilder endpoints, HealthEndpoint health) =>
    [
        Map(endpoints, "/health", health.CheckAsync),
        Map(endpoints, "/health/ready", health.CheckAsync),
        Map(endpoints, "/health/live", HealthEndpoint.LiveAsync),
    ];

    /// <summary>Those of the application's port only: who scrapes need not read them.</summary>
    public static IReadOnlyList<IEndpointConventionBuilder> MapArtifacts(IEndpointRouteBuilder endpoints, ArtifactEndpoint artifacts)
    {
        IEndpointConventionBuilder[] mapped = [Name(endpoints.MapMethods(Artifacts, Reading, artifacts.ListAsync), Artifacts), Name(endpoints.MapMethods(ArtifactFile, Reading, artifacts.FileAsync), ArtifactFile)];
        foreach (IEndpointConventionBuilder endpoint in mapped)
        {
            endpoint.ExemptFromCache();
        }

        return mapped;
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate answer)
    {
        IEndpointConventionBuilder endpoint = Name(endpoints.MapMethods(pattern, Reading, HostMiddlewareExemptions.Uncompressed(answer)), pattern);
        endpoint.Exempt();
        return endpoint;
    }

    /// <summary>Marks an endpoint as ours.</summary>
    public static IEndpointConventionBuilder Name(IEndpointConventionBuilder endpoint, string pattern)
    {
        endpoint.WithDisplayName("Mcp.Monitoring " + pattern);
        endpoint.WithMetadata(MonitoringEndpoint.Instance);
        return endpoint;
    }
}
