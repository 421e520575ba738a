namespace Mcp.Monitoring.ErrorTracking;

/// <summary>How bad a log item is, in Sentry's words.</summary>
internal enum SentryLogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>One log item. Nobody changes it after it was handed to the queue.</summary>
internal sealed class SentryLog
{
    public required DateTimeOffset Timestamp { get; init; }

    public required SentryLogLevel Level { get; init; }

    public required string Body { get; init; }

    /// <summary>Gets 32 lower-case hexadecimal digits; <see langword="null"/> outside of every trace.</summary>
    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    /// <summary>Gets text, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/> by name; of anything else the text is sent.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object>> Attributes { get; init; } = [];
}

/// <summary>The names and numbers of log levels in Sentry's payloads.</summary>
internal static class SentryLogLevels
{
    public static string Name(this SentryLogLevel level) => level switch
    {
        SentryLogLevel.Trace => "trace",
        SentryLogLevel.Debug => "debug",
        SentryLogLevel.Info => "info",
        SentryLogLevel.Warn => "warn",
        SentryLogLevel.Fatal => "fatal",
        _ => "error",
    };

    /// <summary>The number that OpenTelemetry gives to the lowest of each level: 1, 5, 9, 13, 17, 21.</summary>
    public static int SeverityNumber(this SentryLogLevel level) => 1 + (4 * (int)level);
}
