using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Metrics.Registry;

internal static class MetricsRegistration
{
    public static void AddOperationMetrics(
        this IServiceCollection services, Func<IServiceProvider, MetricsOptions> options, Func<IServiceProvider, BuildInfo> build)
    {
        services.AddMetrics();
        services.AddSingleton(provider => Create(provider, options(provider), build(provider)));
        services.AddSingleton(provider =>
        {
            MetricsRegistry registry = provider.GetRequiredService<MetricsRegistry>();
            return new OperationCatalog(registry.Operations.Create, name => registry.Admit(MetricNames.Operations, "operation", name));
        });
    }

    /// <summary>Connects a new monitor with what reads it.</summary>
    public static void Connect(IServiceProvider provider, OperationMonitor monitor)
    {
        MetricsRegistry registry = provider.GetRequiredService<MetricsRegistry>();
        foreach (OperationType type in OperationLabels.Types)
        {
            registry.ActiveRequestAge.With(type.Label()).Source = () => OldestSeconds(monitor, type);
        }
    }

    private static double OldestSeconds(OperationMonitor monitor, OperationType type)
    {
        Span<long> oldest = stackalloc long[OperationLabels.Types.Count];
        monitor.Pool.OldestByType(monitor.Clock.Timestamp, oldest);
        return Math.Round(monitor.Clock.ToSeconds(oldest[(int)type]), 3);
    }

    private static MetricsRegistry Create(IServiceProvider provider, MetricsOptions options, BuildInfo build)
    {
        MonitoringClock clock = provider.GetRequiredService<MonitoringClock>();
        var registry = new MetricsRegistry(options, clock);
        InternalErrors errors = provider.GetRequiredService<InternalErrors>();
        foreach (string component in InternalErrors.Components)
        {
            registry.MonitoringErrors.With(component);
        }

        errors.Counted = component => registry.MonitoringErrors.With(component).Increment();
        registry.Gauge(MetricNames.BuildInfo).With(build.Service, BuildInfo.ApplicationVersion ?? "", build.Environment, BuildInfo.LibraryVersion).Set(1);
        registry.Gauge(MetricNames.StartTime).With().Set(Math.Round((registry.StartedAt - DateTimeOffset.UnixEpoch).TotalSeconds, 3));
        return registry;
    }
}
