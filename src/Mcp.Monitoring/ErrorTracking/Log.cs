using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.ErrorTracking;

internal static partial class Log
{
    [LoggerMessage(EventId = 400, EventName = "LeftToOfficialClient", Level = LogLevel.Information,
        Message = "This host has Sentry's own SDK, so the client of Mcp.Monitoring stays out. Register an ISentryHub over that SDK to have the errors of MCP operations in it with their context, or set McpMonitoring:Sentry:Client to built_in.")]
    public static partial void LeftToOfficialClient(ILogger logger);

    [LoggerMessage(EventId = 401, EventName = "NotAllSent", Level = LogLevel.Warning,
        Message = "Not everything that was waiting for Sentry left within {Limit}; what remained is in mcp_monitoring_dropped_total.")]
    public static partial void NotAllSent(ILogger logger, TimeSpan limit);
}
