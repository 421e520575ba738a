namespace Mcp.Monitoring.ErrorTracking;

/// <summary>How bad it is, in Sentry's words.</summary>
public enum SentryLevel
{
    /// <summary>For whoever looks for a fault.</summary>
    Debug,

    /// <summary>Something happened.</summary>
    Info,

    /// <summary>Something may go wrong.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>The process cannot go on.</summary>
    Fatal,
}

/// <summary>The names of levels in Sentry's payloads.</summary>
internal static class SentryLevelNames
{
    public static string Name(this SentryLevel level) => level switch
    {
        SentryLevel.Debug => "debug",
        SentryLevel.Info => "info",
        SentryLevel.Warning => "warning",
        SentryLevel.Fatal => "fatal",
        _ => "error",
    };
}
