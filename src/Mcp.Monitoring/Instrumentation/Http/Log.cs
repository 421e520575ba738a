using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Http;

internal static partial class Log
{
    [LoggerMessage(EventId = 320, EventName = "UnknownOperationTypeOfEndpoint", Level = LogLevel.Warning,
        Message = "[MonitorMcpOperation(\"{WantedType}\", …)] on {Route} names no operation type, so it is counted under {OperationType}. {Hint}Use tools, resources, prompts, completion, protocol or function.")]
    public static partial void UnknownOperationType(ILogger logger, string wantedType, string route, string operationType, string hint);
}
