namespace Mcp.Monitoring.Metrics;

/// <summary>The catalogue: every metric that this library feeds, under its names with the default prefix.</summary>
internal static class MetricNames
{
    public static readonly MetricDefinition Operations = new(
        "mcp_operations_total", MetricKind.Counter,
        "Operations that have ended, by outcome.",
        "operation_type", "operation", "outcome");

    public static readonly MetricDefinition OperationDuration = new(
        "mcp_operation_duration_seconds", MetricKind.Histogram,
        "Time that operations worked, without waits for people. Status error is server_error and tool_error; other outcomes have no duration.",
        "operation_type", "operation", "status");

    public static readonly MetricDefinition OperationWait = new(
        "mcp_operation_wait_seconds", MetricKind.Histogram,
        "Time that operations waited for a person or the client: elicitation, sampling, input required.",
        "operation");

    public static readonly MetricDefinition ActiveRequests = new(
        "mcp_active_requests", MetricKind.Gauge,
        "Operations in progress, and under http the requests, both without streams.",
        "operation_type");

    public static readonly MetricDefinition ActiveRequestAge = new(
        "mcp_active_request_age_seconds", MetricKind.Gauge,
        "How long the oldest operation in progress has been working, without waits for people.",
        "operation_type");

    public static readonly MetricDefinition Errors = new(
        "mcp_errors_total", MetricKind.Counter,
        "Errors, each exception counted once, by type and by whose fault it was.",
        "error_type", "outcome", "operation_type", "operation", "dependency");

    public static readonly MetricDefinition OperationInfo = new(
        "mcp_operation_info", MetricKind.Gauge,
        "Every operation that exists, called or not.",
        "operation_type", "operation", "owner");

    public static readonly MetricDefinition OperationLastSuccess = new(
        "mcp_operation_last_success_timestamp_seconds", MetricKind.Gauge,
        "When the operation last succeeded, in seconds since 1970; absent before the first time.",
        "operation_type", "operation");

    public static readonly MetricDefinition Sessions = new(
        "mcp_sessions_active", MetricKind.Gauge,
        "Sessions with a message in the last 10 minutes; 0 where the protocol has no sessions.");

    public static readonly MetricDefinition Streams = new(
        "mcp_streams_active", MetricKind.Gauge,
        "Streams that are open: GET event streams, upgraded connections and subscriptions/listen.");

    public static readonly MetricDefinition HttpRequestDuration = new(
        "mcp_http_request_duration_seconds", MetricKind.Histogram,
        "Time that HTTP requests took, without waits for people; of a stream the time to its first byte. Status 499 is a caller who hung up.",
        "method", "route", "status_code", "kind");

    public static readonly MetricDefinition RequestsByClient = new(
        "mcp_requests_by_client_total", MetricKind.Counter,
        "MCP requests by client (names on the allow-list, else _other), protocol revision and outcome.",
        "client", "protocol_version", "outcome");

    public static readonly MetricDefinition UnknownOperations = new(
        "mcp_unknown_operations_total", MetricKind.Counter,
        "Requests for a tool, resource, prompt or method that does not exist.",
        "operation_type");

    public static readonly MetricDefinition BuildInfo = new(
        "mcp_build_info", MetricKind.Gauge,
        "What runs here.",
        "service", "version", "environment", "library_version");

    public static readonly MetricDefinition StartTime = new(
        "mcp_start_time_seconds", MetricKind.Gauge,
        "When monitoring started in this process, in seconds since 1970.");

    public static readonly MetricDefinition HealthCheckStatus = new(
        "mcp_health_check_status", MetricKind.Gauge,
        "Health checks of the host: 1 for the status that each has, 0 for the others.",
        "check", "status");

    public static readonly MetricDefinition Notifications = new(
        "mcp_notifications_total", MetricKind.Counter,
        "Messages of alerts by channel: sent, failed attempts, superseded by newer ones, dead (given up), and fallback (told through another channel).",
        "channel", "result");

    public static readonly MetricDefinition NotificationChannelUp = new(
        "mcp_notification_channel_up", MetricKind.Gauge,
        "1 while the channel works, 0 while its self-check fails or it pauses after failures.",
        "channel");

    public static readonly MetricDefinition NotificationLastSuccess = new(
        "mcp_notification_last_success_timestamp_seconds", MetricKind.Gauge,
        "When the channel last took a message, in seconds since 1970; absent before the first time.",
        "channel");

    public static readonly MetricDefinition NotificationOutbox = new(
        "mcp_notification_outbox", MetricKind.Gauge,
        "Messages that wait for the channel.",
        "channel");

    public static readonly MetricDefinition Alerts = new(
        "mcp_alerts", MetricKind.Gauge,
        "Alerts that are pending or firing; 0 for those that were.",
        "alertname", "severity", "state");

    public static readonly MetricDefinition Incidents = new(
        "mcp_incidents", MetricKind.Gauge,
        "Incidents that are open.",
        "severity", "state");

    public static readonly MetricDefinition SloBudgetRemaining = new(
        "mcp_slo_error_budget_remaining_ratio", MetricKind.Gauge,
        "The share of an objective's budget of 30 days that is left, below 0 where more was spent; absent until there were events.",
        "slo");

    public static readonly MetricDefinition SloBurnRate = new(
        "mcp_slo_burn_rate", MetricKind.Gauge,
        "How many times faster than allowed an objective's budget is spent: 1 spends it in 30 days, 0 is a window without bad events, or without any.",
        "slo", "kind", "window");

    public static readonly MetricDefinition ConfigValid = new(
        "mcp_monitoring_config_valid", MetricKind.Gauge,
        "1 while the settings in use are those that were given last, 0 after a reload that was refused or with a section switched off for its faults.");

    public static readonly MetricDefinition MonitoringErrors = new(
        "mcp_monitoring_errors_total", MetricKind.Counter,
        "Failures of the monitoring itself; none of them reached a request.",
        "component");

    public static readonly MetricDefinition LimitedSeries = new(
        "mcp_monitoring_limited_series_total", MetricKind.Counter,
        "Label values that became _other, and measurements of other meters without their labels, because the metric had reached its cap.",
        "metric");

    public static readonly MetricDefinition Dropped = new(
        "mcp_monitoring_dropped_total", MetricKind.Counter,
        "What the monitoring gave up to stay bounded.",
        "component", "reason");

    /// <summary>Gets the whole catalogue, whether this host feeds it or not.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
        [.. typeof(MetricNames).GetFields().Select(field => field.GetValue(null)).OfType<MetricDefinition>()];
}
