using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Dependencies.OneC;

internal static partial class Log
{
    [LoggerMessage(EventId = 210, EventName = "OneCFails", Level = LogLevel.Warning, Message = "{Dependency}: {Reason}. The same within a minute is not logged again.")]
    public static partial void OneCFails(ILogger logger, string dependency, string reason);
}
