namespace Mcp.Monitoring.ErrorTracking;

/// <summary>How a span ended, in Sentry's words.</summary>
internal enum SpanStatus
{
    Ok,
    Cancelled,
    Unknown,
    InvalidArgument,
    DeadlineExceeded,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    InternalError,
    Unavailable,
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
