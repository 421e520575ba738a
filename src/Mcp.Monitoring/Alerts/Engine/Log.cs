using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerts.Engine;

internal static partial class Log
{
    [LoggerMessage(EventId = 501, EventName = "RuleDisabled", Level = LogLevel.Warning, Message = "The alert rule {Rule} cannot be evaluated and is off: {Problem}.")]
    public static partial void RuleDisabled(ILogger logger, string rule, string problem);

    [LoggerMessage(EventId = 502, EventName = "StoreIsMemory", Level = LogLevel.Warning, Message = "{Problem}.")]
    public static partial void StoreIsMemory(ILogger logger, string problem);
}
