using Mcp.Monitoring;
using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Instrumentation.Server;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds monitoring to a host.</summary>
public static class McpMonitoringServiceCollectionExtensions
{
    /// <summary>
    /// Monitors every MCP tool, resource, prompt and protocol request of this host. The order relative to <c>AddMcpServer()</c> does not matter; calling it
    /// twice is the same as once, with both configurations applied.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; may be <see langword="null"/>. They are checked when the host starts, which fails with an
    /// <see cref="OptionsValidationException"/> that names every fault.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddMcpMonitoring(this IServiceCollection services, Action<McpMonitoringOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(descriptor => descriptor.ServiceType != typeof(OperationMonitor)))
        {
            AddServices(services);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions<McpMonitoringOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<McpMonitoringOptions>, McpMonitoringOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new MonitoringClock(provider.GetRequiredService<TimeProvider>()));

        services.AddOperations(
            provider => Options(provider).Thresholds,
            provider => Options(provider).Errors,
            MetricsRegistration.Connect);
        services.AddOperationMetrics(MetricsOf, BuildOf);
        services.AddMcpServerInstrumentation(provider => Options(provider).Clients);
        services.AddHttpInstrumentation(provider => Options(provider).Http);
        services.AddMonitoringHost(provider => Options(provider).Prometheus);
    }

    private static McpMonitoringOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;

    private static MetricsOptions MetricsOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        ThresholdOptions thresholds = options.Thresholds;
        return new MetricsOptions
        {
            Prefix = options.Prometheus.MetricsPrefix,
            ServiceLabel = options.Prometheus.ServiceLabel ? ServiceName(provider, options) : null,
            SeriesCap = options.Prometheus.SeriesCap,
            Exemplars = options.Prometheus.Exemplars,
            ExtraBuckets = [thresholds.ResponseTimeThresholdMs / 1000, thresholds.ResponseTimeAlertMs / 1000],
            SlowSeconds = thresholds.ResponseTimeThresholdMs / 1000,
        };
    }

    private static BuildInfo BuildOf(IServiceProvider provider)
    {
        McpMonitoringOptions options = Options(provider);
        return new BuildInfo(
            ServiceName(provider, options),
            options.Environment ?? provider.GetService<IHostEnvironment>()?.EnvironmentName ?? "");
    }

    private static string ServiceName(IServiceProvider provider, McpMonitoringOptions options) =>
        options.Prometheus.ServiceName ?? provider.GetService<IHostEnvironment>()?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName;
}
