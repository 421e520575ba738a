namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>How bad a log item is, in Sentry's words.</summary>
internal enum LogItemLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>One log item. Nobody changes it after it was handed to the queue.</summary>
internal sealed class LogItem
{
    public required DateTimeOffset Timestamp { get; init; }

    public required LogItemLevel Level { get; init; }

    public required string Body { get; init; }

    /// <summary>Gets 32 lower-case hexadecimal digits; <see langword="null"/> outside of every trace.</summary>
    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    /// <summary>Gets text, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/> by name; of anything else the text is sent.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object>> Attributes { get; init; } = [];
}

/// <summary>The names and numbers of log levels in Sentry's payloads.</summary>
internal static class LogItemLevels
{
    public static string Name(this LogItemLevel level) => level switch
    {
        LogItemLevel.Trace => "trace",
        LogItemLevel.Debug => "debug",
        LogItemLevel.Info => "info",
        LogItemLevel.Warn => "warn",
        LogItemLevel.Fatal => "fatal",
        _ => "error",
    };

    /// <summary>The number that OpenTelemetry gives to the lowest of each level: 1, 5, 9, 13, 17, 21.</summary>
    public static int SeverityNumber(this LogItemLevel level) => 1 + (4 * (int)level);
}
