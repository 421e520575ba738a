using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

internal static partial class Log
{
    [LoggerMessage(EventId = 200, EventName = "ManagementListenerStarted", Level = LogLevel.Information,
        Message = "Metrics and health are served on {Addresses}")]
    public static partial void ManagementListenerStarted(ILogger logger, IEnumerable<string> addresses);

    [LoggerMessage(EventId = 201, EventName = "ManagementPortTaken", Level = LogLevel.Warning,
        Message = "{Setting}, and it cannot be listened on: {Reason}. This server goes on without /metrics. {Remedy}")]
    public static partial void ManagementPortTaken(ILogger logger, string setting, string reason, string remedy);

    [LoggerMessage(EventId = 202, EventName = "EndpointShadowed", Level = LogLevel.Warning,
        Message = "The application maps {Route} itself, so that of the monitoring is not reached. Map the application's own elsewhere, or put MapMcpMonitoring() into a group such as app.MapGroup(\"/monitor\").")]
    public static partial void EndpointShadowed(ILogger logger, string route);

    [LoggerMessage(EventId = 203, EventName = "OperationsNotRead", Level = LogLevel.Warning,
        Message = "The tools, resources and prompts of this server could not be read at start; each appears in the metrics with its first call.")]
    public static partial void OperationsNotRead(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 204, EventName = "MetricsAnsweredElsewhere", Level = LogLevel.Warning,
        Message = "GET {Path} is answered by middleware of the application, as UseMetricServer() of prometheus-net does, so that of the monitoring is not reached. Remove that middleware and set McpMonitoring:Prometheus:PrometheusNet to true: then both are on one page.")]
    public static partial void MetricsAnsweredElsewhere(ILogger logger, string path);

    [LoggerMessage(EventId = 205, EventName = "ArtifactsRefused", Level = LogLevel.Warning,
        Message = "{Path} was answered with 404: the generated rules and dashboards need authorization. Write app.MapMcpMonitoring().Artifacts.RequireAuthorization(\"policy\") with app.UseAuthorization() before it; in Development, requests over loopback that no proxy passes on need none. app.ExportMcpMonitoringArtifacts(directory) writes the same files.")]
    public static partial void ArtifactsRefused(ILogger logger, string? path);
}
