using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.StatusPage.Access;

internal static partial class Log
{
    [LoggerMessage(EventId = 220, EventName = "StatusPageClosed", Level = LogLevel.Warning,
        Message = "{Path} was answered with 404: {Reason} Set status_page.enabled: true with status_page.token, or with app.MapMcpMonitoring().StatusPage.RequireAuthorization(\"ops\") and app.UseAuthorization() before it.")]
    public static partial void StatusPageClosed(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 221, EventName = "StatusPageAction", Level = LogLevel.Information,
        Message = "Status page: {Who} at {Address}: {Action}: {Result}")]
    public static partial void StatusPageAction(ILogger logger, string who, string address, string action, string result);

    [LoggerMessage(EventId = 222, EventName = "StatusPageSignInRefused", Level = LogLevel.Warning,
        Message = "Status page: a wrong token came from {Address}.")]
    public static partial void StatusPageSignInRefused(ILogger logger, string address);

    [LoggerMessage(EventId = 223, EventName = "StatusPageUnguarded", Level = LogLevel.Critical,
        Message = "{Fault}")]
    public static partial void StatusPageUnguarded(ILogger logger, string fault);
}
