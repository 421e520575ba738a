using Mcp.Monitoring.ErrorTracking.Capture;
using Mcp.Monitoring.ErrorTracking.Delivery;
using Mcp.Monitoring.ErrorTracking.Logging;
using Mcp.Monitoring.ErrorTracking.Protocol;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.ErrorTracking;

internal static class ErrorTrackingRegistration
{
    public static void AddErrorTracking(
        this IServiceCollection services, Func<IServiceProvider, SentryOptions> options, Func<IServiceProvider, SentryIdentity> identity)
    {
        services.AddSingleton<ErrorLoggerProvider>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<ErrorLoggerProvider>());
        var choice = new ClientChoice(services);
        services.AddSingleton(choice);
        services.AddSingleton(identity);
        services.AddSingleton(provider => new EventBudget(provider.GetRequiredService<MonitoringClock>(), options(provider).EventsPerMinute));
        services.AddSingleton(provider => new EventPreparation(
            options(provider),
            provider.GetRequiredService<SentryIdentity>(),
            provider.GetRequiredService<EventBudget>(),
            RulesOf(options(provider)),
            provider.GetRequiredService<InternalErrors>()));
        services.TryAddSingleton<SentryOutbox>(provider => Transport(provider, options(provider)));
        services.AddSingleton(provider => new ErrorTracker(provider, options(provider)));
        choice.AddHub(provider => provider.GetRequiredService<ErrorTracker>().Hub);
        services.AddSingleton<IHostedService>(provider => new SentryService(
            provider.GetRequiredService<ErrorTracker>(), choice, () => options(provider), provider.GetRequiredService<ILogger<SentryService>>()));
    }

    public static void Connect(IServiceProvider provider, OperationMonitor monitor) => provider.GetRequiredService<ErrorLoggerProvider>().Follow(monitor);

    private static SentryTransport Transport(IServiceProvider provider, SentryOptions options)
    {
        if (!Dsn.TryParse(options.Dsn, out Dsn? dsn, out string? problem))
        {
            throw new InvalidOperationException($"McpMonitoring:Sentry:Dsn {problem}.");
        }

        return new SentryTransport(
            dsn,
            new EnvelopeFactory(dsn, provider.GetRequiredService<SentryIdentity>(), SecretScrubber.Scrub, RulesOf(options)),
            provider.GetRequiredService<EventPreparation>().Prepare,
            EnvelopeClient.CreateHttp(),
            provider.GetRequiredService<MetricsRegistry>(),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SentryTransport>>(),
            new SentryTransportSettings());
    }

    private static InAppRules RulesOf(SentryOptions options) => new([.. options.InAppInclude], [.. options.InAppExclude]);
}
