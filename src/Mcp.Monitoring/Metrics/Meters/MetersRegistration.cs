using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Metrics.Meters;

internal static class MetersRegistration
{
    public static void AddMeters(this IServiceCollection services, Func<IServiceProvider, MetricsOptions> options)
    {
        services.AddSingleton(provider => new MeterPublisher(provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<MetricsRegistry>()));
        services.AddSingleton<MetricsPage>();
        services.AddSingleton(provider => new MeterBridge(
            provider.GetRequiredService<MetricsPage>(),
            new MeterSelection(options(provider).BridgedMeters, provider.GetRequiredService<IMeterFactory>()),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<ILogger<MeterBridge>>()));
        services.AddSingleton(provider => new HostRegistries(
            options(provider).HostRegistries,
            provider.GetRequiredService<MetricsPage>(),
            provider.GetRequiredService<MeterBridge>(),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<ILogger<HostRegistries>>()));
        services.AddSingleton<IHostedService, BridgeService>();
    }
}
