using Mcp.Monitoring.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

internal static class HostingRegistration
{
    public static void AddMonitoringHost(this IServiceCollection services, Func<IServiceProvider, PrometheusOptions> options)
    {
        services.AddHealthChecks();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        services.AddSingleton(provider => new ManagementListener(
            provider, options(provider), provider.GetRequiredService<ILogger<ManagementListener>>()));
        services.AddSingleton<IHostedService, MonitoringHost>();
    }
}
