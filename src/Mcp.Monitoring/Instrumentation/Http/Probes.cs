using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Which endpoints serve those who ask whether the server is well, wherever the host has mapped them: ours, those of <c>MapHealthChecks</c> and the health service
/// of gRPC. Others are found when they run the checks (<see cref="ProbeWatch"/>).
/// </summary>
internal static class Probes
{
    private const string Grpc = "/grpc.health.v1.Health/";

    public static bool IsProbe(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MonitoringEndpoint>() is not null
        || endpoint.RequestDelegate?.Target is HealthCheckMiddleware
        || (endpoint as RouteEndpoint)?.RoutePattern.RawText?.StartsWith(Grpc, StringComparison.Ordinal) == true;
}
