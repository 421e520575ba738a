using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry;

internal static partial class Log
{
    [LoggerMessage(EventId = 401, EventName = "NotAllSent", Level = LogLevel.Warning,
        Message = "Not everything that was waiting for Sentry left within {Limit}; what remained is in mcp_monitoring_dropped_total.")]
    public static partial void NotAllSent(ILogger logger, TimeSpan limit);

    [LoggerMessage(EventId = 402, EventName = "SettingsOfOwnClient", Level = LogLevel.Warning,
        Message = "The host has started Sentry's SDK by itself, and that sends, with its own settings: {Settings} of the section sentry have no effect. Take them out, or set sentry.client: built_in.")]
    public static partial void SettingsOfOwnClient(ILogger logger, string settings);

    [LoggerMessage(EventId = 520, EventName = "SentryRefuses", Level = LogLevel.Warning,
        Message = "Sentry ({Address}) refuses what is sent, with status {Status}: {Problem}. It is dropped. Unless it is too large (413), check the DSN in McpMonitoring:Sentry:Dsn. Further failures within a minute are only counted, in mcp_monitoring_dropped_total.")]
    public static partial void SentryRefuses(ILogger logger, string address, int status, string problem);

    [LoggerMessage(EventId = 521, EventName = "SentryUnreachable", Level = LogLevel.Warning,
        Message = "Sentry ({Address}) was not reached for too long: {Problem}. What waited is dropped. Check the host in McpMonitoring:Sentry:Dsn and the way to it. Further failures within a minute are only counted, in mcp_monitoring_dropped_total.")]
    public static partial void SentryUnreachable(ILogger logger, string address, string problem);

    [LoggerMessage(EventId = 522, EventName = "SentryTakesAgain", Level = LogLevel.Information, Message = "Sentry ({Address}) takes what is sent again.")]
    public static partial void SentryTakesAgain(ILogger logger, string address);

    [LoggerMessage(EventId = 524, EventName = "SentryCacheNotUsed", Level = LogLevel.Warning,
        Message = "sentry.cache_path {Path} cannot be used: {Problem} Events are sent without it, and what is not sent by the end of the process is lost. Make it a directory that this process may write to.")]
    public static partial void CacheNotUsed(ILogger logger, string path, string problem);

    [LoggerMessage(EventId = 523, EventName = "SentryClientSays", Level = LogLevel.Information, Message = "{Severity}: {Text}")]
    public static partial void ClientSays(ILogger logger, global::Sentry.SentryLevel severity, string text);
}
