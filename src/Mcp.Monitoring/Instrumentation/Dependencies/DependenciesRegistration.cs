using Mcp.Monitoring.Instrumentation.Dependencies.Cache;
using Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;
using Mcp.Monitoring.Instrumentation.Dependencies.Http;
using Mcp.Monitoring.Instrumentation.Dependencies.OneC;
using Mcp.Monitoring.Instrumentation.Dependencies.Resilience;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Polly;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

internal static class DependenciesRegistration
{
    public static void AddDependencies(
        this IServiceCollection services, Func<IServiceProvider, DependencyOptions> options, Func<IServiceProvider, ThresholdOptions> thresholds)
    {
        services.AddSingleton(provider => new DependencyCatalog(
            provider.GetRequiredService<MetricsRegistry>(),
            provider.GetRequiredService<OperationMonitor>(),
            new DependencySpans(provider.GetRequiredService<SpanSource>(), provider.GetRequiredService<InternalErrors>())));
        services.AddSingleton<IMcpDependencies>(provider =>
            new McpDependencies(provider.GetRequiredService<DependencyCatalog>(), provider.GetRequiredService<InternalErrors>()));
        services.AddSingleton<ICircuitObserver>(provider => new CircuitObserver(provider.GetRequiredService<DependencyCatalog>()));
        services.AddSingleton(provider => new CircuitBreakers(
            provider.GetRequiredService<DependencyCatalog>(), () => thresholds(provider), provider.GetRequiredService<TimeProvider>()));
        services.Configure<MemoryCacheOptions>(static options => options.TrackStatistics = true);
        services.AddSingleton<IHostedService>(provider => new MemoryCacheWatch(provider));
        services.AddSingleton<IHostedService>(provider => new PollyMeter(new Lazy<DependencyCatalog>(provider.GetRequiredService<DependencyCatalog>)));
        services.AddSingleton<IErrorMapping, EntityFrameworkErrorMapping>();
        services.AddSingleton<IHostedService>(provider => new EntityFrameworkWatch(
            new Lazy<DependencyCatalog>(provider.GetRequiredService<DependencyCatalog>), () => options(provider), provider.GetRequiredService<InternalErrors>()));
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(provider => new HttpDependencyFilter(
            provider.GetRequiredService<DependencyCatalog>(),
            provider.GetServices<HttpDependencyRegistration>(),
            options(provider),
            provider.GetRequiredService<InternalErrors>(),
            provider.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>Has a client measured as a dependency, and probed where it says so.</summary>
    public static void AddHttpDependency(this IServiceCollection services, HttpDependencyRegistration registration)
    {
        services.AddSingleton(registration);
        HttpDependencyOptions options = registration.Options;
        if (options.Probe is { } probe)
        {
            services.AddPoller(registration, _ => new HttpPoll(probe, options.ProbeEvery, DependencyMetricNames.ProbeCall));
        }

        if (options.Sessions is { } sessions)
        {
            services.AddPoller(registration, provider => new HttpPoll(sessions, options.SessionsEvery, "sessions", new SessionsAnswer(
                provider.GetRequiredService<IMcpDependencies>().Integration(registration.Dependency), provider.GetRequiredService<InternalErrors>()).ReadAsync));
        }
    }

    private static void AddPoller(this IServiceCollection services, HttpDependencyRegistration registration, Func<IServiceProvider, HttpPoll> poll) =>
        services.AddSingleton<IHostedService>(provider => new HttpPoller(
            registration, poll(provider), provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));

    /// <summary>Gets the circuit breaker of a dependency.</summary>
    public static ResiliencePipeline CircuitBreakerOf(IServiceProvider provider, string dependency) =>
        (provider.GetService<CircuitBreakers>() ?? throw new InvalidOperationException("AddMcpCircuitBreaker() found no monitoring. Call services.AddMcpMonitoring() before the services are built."))
        .Of(dependency);

    /// <summary>Makes the handler that sends the requests of a client through the circuit breaker of a dependency.</summary>
    public static DelegatingHandler CircuitBreakerHandlerOf(IServiceProvider provider, string dependency) => new CircuitBreakerHandler(CircuitBreakerOf(provider, dependency));
}
