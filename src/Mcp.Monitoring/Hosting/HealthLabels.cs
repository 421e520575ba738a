using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Hosting;

internal static class HealthLabels
{
    public static string Label(this HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
