using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors;

internal static partial class Log
{
    [LoggerMessage(EventId = 401, EventName = "NotAllSent", Level = LogLevel.Warning,
        Message = "Not everything that was waiting for Sentry left within {Limit}; what remained is in mcp_monitoring_dropped_total.")]
    public static partial void NotAllSent(ILogger logger, TimeSpan limit);

    [LoggerMessage(EventId = 402, EventName = "SettingsOfOwnClient", Level = LogLevel.Warning,
        Message = "The host has started Sentry's SDK by itself, and that sends, with its own settings: {Settings} of the section sentry have no effect. Take them out, or set sentry.client: built_in.")]
    public static partial void SettingsOfOwnClient(ILogger logger, string settings);
}
