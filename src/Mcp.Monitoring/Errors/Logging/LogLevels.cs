using Mcp.Monitoring.Errors.Sentry;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Errors.Logging;

/// <summary>Log levels in Sentry's words.</summary>
internal static class LogLevels
{
    public static SentryLevel AsSentryLevel(this LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => SentryLevel.Debug,
        LogLevel.Information => SentryLevel.Info,
        LogLevel.Warning => SentryLevel.Warning,
        LogLevel.Critical => SentryLevel.Fatal,
        _ => SentryLevel.Error,
    };

    public static BreadcrumbLevel AsBreadcrumbLevel(this LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => BreadcrumbLevel.Debug,
        LogLevel.Information => BreadcrumbLevel.Info,
        LogLevel.Warning => BreadcrumbLevel.Warning,
        LogLevel.Critical => BreadcrumbLevel.Fatal,
        _ => BreadcrumbLevel.Error,
    };

    public static LogItemLevel AsLogLevel(this LogLevel level) => level switch
    {
        LogLevel.Trace => LogItemLevel.Trace,
        LogLevel.Debug => LogItemLevel.Debug,
        LogLevel.Information => LogItemLevel.Info,
        LogLevel.Warning => LogItemLevel.Warn,
        LogLevel.Critical => LogItemLevel.Fatal,
        _ => LogItemLevel.Error,
    };
}
