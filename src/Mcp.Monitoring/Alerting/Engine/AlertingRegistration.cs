using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Alerting.Engine;

internal static class AlertingRegistration
{
    public static void AddAlerts(this IServiceCollection services, Func<IServiceProvider, AlertSetup> setup)
    {
        services.AddSingleton(provider => new LazyAlerting(() => setup(provider) is { Options.Enabled: true } on ? new AlertingRuntime(provider, on) : null));
        services.AddSingleton(provider => AlertingOf(provider)?.Manager ?? NoAlertManager.Instance);
        services.AddSingleton<IHostedService>(provider => new AlertService(() => AlertingOf(provider), provider.GetRequiredService<OperationMonitor>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>>(provider => new ConfigureOptions<HealthCheckServiceOptions>(checks =>
        {
            if (setup(provider).Options.Enabled)
            {
                checks.Registrations.Add(new HealthCheckRegistration(
                    AlertingHealthCheck.Name, _ => new AlertingHealthCheck(() => AlertingOf(provider)!.Health), HealthStatus.Degraded, tags: null));
            }
        }));
    }

    private static AlertingRuntime? AlertingOf(IServiceProvider provider) => provider.GetRequiredService<LazyAlerting>().Value;
}
