using Mcp.Monitoring.ErrorTracking.Capture;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.ErrorTracking;

internal static class ErrorTrackingRegistration
{
    public static void AddErrorTracking(
        this IServiceCollection services, Func<IServiceProvider, SentryOptions> options, Func<IServiceProvider, EventDefaults> defaults)
    {
        var choice = new ClientChoice(services);
        services.AddSingleton(choice);
        services.AddSingleton(defaults);
        services.AddSingleton(provider => new EventBudget(provider.GetRequiredService<MonitoringClock>(), options(provider).EventsPerMinute));
        services.AddSingleton(provider => new EventPreparation(
            options(provider),
            provider.GetRequiredService<EventDefaults>(),
            provider.GetRequiredService<EventBudget>(),
            static _ => [],
            provider.GetRequiredService<InternalErrors>()));
        services.AddSingleton(provider => new ErrorTracker(provider, options(provider)));
        choice.AddHub(provider => provider.GetRequiredService<ErrorTracker>().Hub);
        services.AddSingleton<IHostedService>(provider => new SentryService(
            provider.GetRequiredService<ErrorTracker>(), choice, () => options(provider), provider.GetRequiredService<ILogger<SentryService>>()));
    }
}
