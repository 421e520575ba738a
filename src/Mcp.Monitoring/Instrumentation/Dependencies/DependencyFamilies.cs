using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>The metrics of dependencies, on the page once something is measured in them.</summary>
internal sealed class DependencyFamilies(MetricsRegistry registry)
{
    public HistogramFamily CallDuration { get; } = registry.Histogram(DependencyMetricNames.IntegrationCallDuration);

    public CounterFamily Connections { get; } = registry.Counter(DependencyMetricNames.IntegrationConnections);

    public GaugeFamily Sessions { get; } = registry.Gauge(DependencyMetricNames.IntegrationSessions);

    public GaugeFamily Up { get; } = registry.Gauge(DependencyMetricNames.DependencyUp);

    public SecondsFamily OperationTime { get; } = registry.Seconds(DependencyMetricNames.OperationDependencyTime);

    public CounterFamily RetryAttempts { get; } = registry.Counter(DependencyMetricNames.RetryAttempts);

    public CounterFamily RetryExhausted { get; } = registry.Counter(DependencyMetricNames.RetryExhausted);

    public GaugeFamily CircuitState { get; } = registry.Gauge(DependencyMetricNames.CircuitBreakerState);

    public CounterFamily CircuitTransitions { get; } = registry.Counter(DependencyMetricNames.CircuitBreakerTransitions);

    public CounterFamily CircuitRejected { get; } = registry.Counter(DependencyMetricNames.CircuitBreakerRejected);

    public HistogramFamily QueryDuration { get; } = registry.Histogram(DependencyMetricNames.DbQueryDuration, registry.QueryBuckets);

    public GaugeFamily DatabaseConnections { get; } = registry.Gauge(DependencyMetricNames.DbConnections);

    public GaugeFamily MostDatabaseConnections { get; } = registry.Gauge(DependencyMetricNames.DbConnectionsMax);

    public GaugeFamily DatabaseConnectionsWaiting { get; } = registry.Gauge(DependencyMetricNames.DbConnectionsWaiting);

    public CounterFamily ConnectionErrors { get; } = registry.Counter(DependencyMetricNames.DbConnectionErrors);

    public CounterFamily CacheRequests { get; } = registry.Counter(DependencyMetricNames.CacheRequests);

    public GaugeFamily CacheEntries { get; } = registry.Gauge(DependencyMetricNames.CacheEntries);

    public GaugeFamily QueueSize { get; } = registry.Gauge(DependencyMetricNames.QueueSize);

    public GaugeFamily QueueCapacity { get; } = registry.Gauge(DependencyMetricNames.QueueCapacity);

    public HistogramFamily QueueWait { get; } = registry.Histogram(DependencyMetricNames.QueueWait);
}
