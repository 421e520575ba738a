using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

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

    /// <summary>The name in a log item.</summary>
    public static string Name(this LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Critical => "fatal",
        _ => "error",
    };

    /// <summary>The number that OpenTelemetry gives to the lowest of each level: 1, 5, 9, 13, 17, 21.</summary>
    public static int SeverityNumber(this LogLevel level) => 1 + (4 * (int)level);
}
