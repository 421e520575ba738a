namespace Mcp.Monitoring.ErrorTracking;

/// <summary>How a span ended, in Sentry's words.</summary>
public enum SpanStatus
{
    /// <summary>It did what was asked.</summary>
    Ok,

    /// <summary>Whoever asked for it took it back.</summary>
    Cancelled,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>What was asked made no sense.</summary>
    InvalidArgument,

    /// <summary>It took too long.</summary>
    DeadlineExceeded,

    /// <summary>What was asked for is not there.</summary>
    NotFound,

    /// <summary>Whoever asked may not.</summary>
    PermissionDenied,

    /// <summary>There was too much of it.</summary>
    ResourceExhausted,

    /// <summary>It failed.</summary>
    InternalError,

    /// <summary>What does it is not there for now.</summary>
    Unavailable,

    /// <summary>Who asked is not known.</summary>
    Unauthenticated,
}

/// <summary>The names of statuses in Sentry's payloads.</summary>
internal static class SpanStatusNames
{
    public static string Name(this SpanStatus status) => status switch
    {
        SpanStatus.Ok => "ok",
        SpanStatus.Cancelled => "cancelled",
        SpanStatus.InvalidArgument => "invalid_argument",
        SpanStatus.DeadlineExceeded => "deadline_exceeded",
        SpanStatus.NotFound => "not_found",
        SpanStatus.PermissionDenied => "permission_denied",
        SpanStatus.ResourceExhausted => "resource_exhausted",
        SpanStatus.InternalError => "internal_error",
        SpanStatus.Unavailable => "unavailable",
        SpanStatus.Unauthenticated => "unauthenticated",
        _ => "unknown",
    };
}
