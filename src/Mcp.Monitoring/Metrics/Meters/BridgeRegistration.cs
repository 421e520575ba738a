using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Registries;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Metrics.Meters;

internal static class BridgeRegistration
{
    public static void AddMeterBridge(this IServiceCollection services, Func<IServiceProvider, MetricsOptions> options)
    {
        services.AddSingleton(provider => new MeterBridge(
            provider.GetRequiredService<MetricsRegistry>(),
            new MeterSelection(options(provider).BridgedMeters, provider.GetRequiredService<IMeterFactory>()),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<ILogger<MeterBridge>>()));
        services.AddSingleton(provider => new HostRegistries(
            options(provider).HostRegistries,
            provider.GetRequiredService<MetricsRegistry>(),
            provider.GetRequiredService<MeterBridge>(),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<ILogger<HostRegistries>>()));
        services.AddSingleton<IHostedService, BridgeService>();
    }
}
