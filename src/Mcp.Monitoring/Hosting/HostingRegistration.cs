using Mcp.Monitoring.Artifacts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

internal static class HostingRegistration
{
    /// <param name="services">The services of the host.</param>
    /// <param name="options">The settings.</param>
    /// <param name="nameOf">The name by which the user gave a setting.</param>
    /// <param name="artifacts">The generated files as they are now.</param>
    public static void AddMonitoringHost(
        this IServiceCollection services,
        Func<IServiceProvider, PrometheusOptions> options,
        Func<IServiceProvider, string, string> nameOf,
        Func<IServiceProvider, IReadOnlyList<Artifact>> artifacts)
    {
        services.AddHealthChecks();
        services.AddSingleton<MetricsEndpoint>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton(provider => new ArtifactEndpoint(
            () => artifacts(provider), provider.GetService<IHostEnvironment>()?.IsDevelopment() == true, provider.GetRequiredService<ILogger<ArtifactEndpoint>>()));
        services.AddSingleton<EndpointMappings>();
        services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        services.AddSingleton(provider => new ManagementListener(
            provider, options(provider), path => nameOf(provider, path), provider.GetRequiredService<ILogger<ManagementListener>>()));
        services.AddSingleton<IHostedService, MonitoringHost>();
        services.AddSingleton<IStartupFilter>(provider => new MetricsAnswerWatch(
            provider.GetRequiredService<EndpointMappings>(), () => options(provider), provider.GetRequiredService<ILogger<MetricsAnswerWatch>>()));
    }
}
