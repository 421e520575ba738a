using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Operations;

internal static partial class Log
{
    [LoggerMessage(EventId = 100, EventName = "MonitoringFailed", Level = LogLevel.Warning,
        Message = "{Component} of the monitoring failed; the monitored call was not affected. Further failures within a minute are only counted, in mcp_monitoring_errors_total.")]
    public static partial void MonitoringFailed(ILogger logger, Exception exception, string component);
}
