namespace Mcp.Monitoring.Metrics;

/// <summary>What is known of dependencies, where a host has it measured: rules read it, and are silent without it.</summary>
internal static class DependencyMetricNames
{
    /// <summary>The label <c>call</c> of what an active probe asks.</summary>
    public const string ProbeCall = "probe";

    public static readonly MetricDefinition OperationDependencyTime = new(
        "mcp_operation_dependency_seconds_total", MetricKind.Counter,
        "Time that operations spent in their dependencies.",
        "operation", "dependency");

    public static readonly MetricDefinition IntegrationCallDuration = new(
        "mcp_integration_call_duration_seconds", MetricKind.Histogram,
        "Time that calls of dependencies took.",
        "dependency", "call", "outcome");

    public static readonly MetricDefinition IntegrationConnections = new(
        "mcp_integration_connections_total", MetricKind.Counter,
        "Connections to dependencies, by outcome.",
        "dependency", "outcome");

    public static readonly MetricDefinition IntegrationSessions = new(
        "mcp_integration_sessions", MetricKind.Gauge,
        "Sessions of an integration, by state.",
        "dependency", "state");

    public static readonly MetricDefinition DependencyUp = new(
        "mcp_dependency_up", MetricKind.Gauge,
        "Whether the last call of a dependency, or its probe, succeeded.",
        "dependency");

    public static readonly MetricDefinition RetryAttempts = new(
        "mcp_retry_attempts_total", MetricKind.Counter,
        "Calls of dependencies that were tried again, by outcome.",
        "dependency", "outcome");

    public static readonly MetricDefinition RetryExhausted = new(
        "mcp_retry_exhausted_total", MetricKind.Counter,
        "Calls of dependencies that were given up after the last try.",
        "dependency");

    public static readonly MetricDefinition CircuitBreakerState = new(
        "mcp_circuit_breaker_state", MetricKind.Gauge,
        "Circuit breakers: 1 for the state that each is in, 0 for the others.",
        "dependency", "state");

    public static readonly MetricDefinition CircuitBreakerTransitions = new(
        "mcp_circuit_breaker_transitions_total", MetricKind.Counter,
        "Changes of the state of a circuit breaker, by the state that it came into.",
        "dependency", "to");

    public static readonly MetricDefinition CircuitBreakerRejected = new(
        "mcp_circuit_breaker_rejected_total", MetricKind.Counter,
        "Calls that a circuit breaker refused.",
        "dependency");

    public static readonly MetricDefinition QueueSize = new(
        "mcp_queue_size", MetricKind.Gauge,
        "Items that wait in a queue.",
        "queue");

    public static readonly MetricDefinition QueueCapacity = new(
        "mcp_queue_capacity", MetricKind.Gauge,
        "Items that a queue can hold.",
        "queue");

    public static readonly MetricDefinition QueueWait = new(
        "mcp_queue_wait_seconds", MetricKind.Histogram,
        "Time that items waited in a queue.",
        "queue");

    public static readonly MetricDefinition DbQueryDuration = new(
        "mcp_db_query_duration_seconds", MetricKind.Histogram,
        "Time that queries took.",
        "dependency", "statement", "outcome");

    public static readonly MetricDefinition DbConnections = new(
        "mcp_db_connections", MetricKind.Gauge,
        "Connections to a database, by state.",
        "dependency", "state");

    public static readonly MetricDefinition DbConnectionsMax = new(
        "mcp_db_connections_max", MetricKind.Gauge,
        "Connections that the pool may have.",
        "dependency");

    public static readonly MetricDefinition DbConnectionsWaiting = new(
        "mcp_db_connections_waiting", MetricKind.Gauge,
        "Callers that wait for a connection of the pool.",
        "dependency");

    public static readonly MetricDefinition DbConnectionErrors = new(
        "mcp_db_connection_errors_total", MetricKind.Counter,
        "Connections to databases that could not be opened.",
        "dependency");

    public static readonly MetricDefinition CacheRequests = new(
        "mcp_cache_requests_total", MetricKind.Counter,
        "Look-ups in caches, by result.",
        "cache", "result");

    public static readonly MetricDefinition CacheEntries = new(
        "mcp_cache_entries", MetricKind.Gauge,
        "Entries of a cache.",
        "cache");

    public static IReadOnlyList<MetricDefinition> All { get; } =
        [.. typeof(DependencyMetricNames).GetFields().Select(field => field.GetValue(null)).OfType<MetricDefinition>()];
}
