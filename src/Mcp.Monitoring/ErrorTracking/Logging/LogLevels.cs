using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.ErrorTracking.Logging;

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

    public static SentryLogLevel AsLogLevel(this LogLevel level) => level switch
    {
        LogLevel.Trace => SentryLogLevel.Trace,
        LogLevel.Debug => SentryLogLevel.Debug,
        LogLevel.Information => SentryLogLevel.Info,
        LogLevel.Warning => SentryLogLevel.Warn,
        LogLevel.Critical => SentryLogLevel.Fatal,
        _ => SentryLogLevel.Error,
    };
}
