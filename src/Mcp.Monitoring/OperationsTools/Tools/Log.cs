using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.OperationsTools.Tools;

internal static partial class Log
{
    [LoggerMessage(EventId = 800, EventName = "IncidentChangedByAgent", Level = LogLevel.Information, Message = "Incident {Incident} was {Done} over MCP by {By} at {Address}.")]
    public static partial void Changed(ILogger logger, int incident, string done, string by, string address);

    [LoggerMessage(EventId = 801, EventName = "IncidentSilencedByAgent", Level = LogLevel.Information, Message = "The alerts of incident {Incident} were silenced over MCP by {By} at {Address}: silence {Silence}, until {Until}.")]
    public static partial void Silenced(ILogger logger, int incident, string by, string address, string silence, DateTimeOffset until);
}
