using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Mcp;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, EventName = "SameOperation", Level = LogLevel.Warning,
        Message = "Two primitives of this server are both counted as {OperationType} {Operation}. Give one of them another name in its [MonitorMcpOperation].")]
    public static partial void SameOperation(ILogger logger, string operationType, string operation);

    [LoggerMessage(EventId = 301, EventName = "UnknownOperationType", Level = LogLevel.Warning,
        Message = "[MonitorMcpOperation(\"{WantedType}\", …)] on {Primitive} names no operation type, so it is counted under {OperationType}. {Hint}Use tools, resources, prompts, completion, protocol or function.")]
    public static partial void UnknownOperationType(ILogger logger, string wantedType, string primitive, string operationType, string hint);
}
