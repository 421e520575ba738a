using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors;

internal static partial class Log
{
    [LoggerMessage(EventId = 401, EventName = "NotAllSent", Level = LogLevel.Warning,
        Message = "Not everything that was waiting for Sentry left within {Limit}; what remained is in mcp_monitoring_dropped_total.")]
    public static partial void NotAllSent(ILogger logger, TimeSpan limit);
}
