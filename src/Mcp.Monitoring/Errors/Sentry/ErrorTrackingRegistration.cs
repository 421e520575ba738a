using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Clients;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry;

internal static class ErrorTrackingRegistration
{
    public static void AddErrorTracking(
        this IServiceCollection services, Func<IServiceProvider, SentryOptions> options, Func<IServiceProvider, SentryIdentity> identity)
    {
        services.AddSingleton<ErrorLoggerProvider>();

        // Before that of Sentry's SDK, which takes an exception for one that has no frames.
        services.Insert(0, ServiceDescriptor.Singleton<ILoggerProvider>(provider => provider.GetRequiredService<ErrorLoggerProvider>()));
        var choice = new ClientChoice(services);
        services.AddSingleton(choice);
        services.AddSingleton(identity);
        services.AddSingleton(provider => new EventBudget(provider.GetRequiredService<MonitoringClock>(), options(provider).EventsPerMinute));
        services.AddSingleton(provider => new DiscardCounts(provider.GetRequiredService<MetricsRegistry>()));
        services.AddSingleton(provider => new EventFinisher(
            options(provider),
            provider.GetRequiredService<SentryIdentity>(),
            provider.GetRequiredService<EventBudget>(),
            new ScrubbedText(SecretScrubber.Scrub),
            provider.GetRequiredService<InternalErrors>())
        {
            IsAlone = choice.Of(options(provider), provider) != ClientInUse.Host,
        });
        services.AddSingleton(provider => new CacheDirectory(options(provider), provider.GetRequiredService<ILogger<CacheDirectory>>()));
        services.AddSingleton(provider => new SinkFactory(provider, choice, options(provider)));
        services.TryAddSingleton<ErrorOutbox>(provider => new ErrorQueue(
            provider.GetRequiredService<SinkFactory>().Create,
            provider.GetRequiredService<DiscardCounts>(),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<TimeProvider>(),
            new QueueSettings()));
        services.AddSingleton(provider => new ErrorTracker(provider, options(provider)));
        choice.AddHub(provider => provider.GetRequiredService<ErrorTracker>().Hub);
        services.AddHostEvents();
        services.AddSingleton<IHostedService>(provider => new SentryService(provider.GetRequiredService<ErrorTracker>(), provider.GetRequiredService<ILogger<SentryService>>()));
    }

    public static void Connect(IServiceProvider provider, OperationMonitor monitor)
    {
        ErrorLoggerProvider logger = provider.GetRequiredService<ErrorLoggerProvider>();
        logger.Follow(monitor);
        if (!provider.GetServices<ILoggerProvider>().Contains(logger))
        {
            // ClearProviders() means those that write the log.
            provider.GetService<ILoggerFactory>()?.AddProvider(logger);
        }
    }
}
