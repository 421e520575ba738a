using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>How an activity ended, in Sentry's words: as whoever started it said, else by the outcome of its operation, its HTTP status or its own status.</summary>
internal static class SpanStatuses
{
    /// <summary>The tag of an operation's outcome.</summary>
    public const string Outcome = "mcp.monitoring.outcome";

    /// <summary>The tag of an operation's kind of error.</summary>
    public const string ErrorType = "mcp.monitoring.error_type";

    private const string ConfiguredValue = "Mcp.Monitoring.SpanStatus";

    public static void Set(Activity activity, SpanStatus status)
    {
        activity.SetCustomProperty(ConfiguredValue, status);
        activity.SetStatus(status is SpanStatus.Ok or SpanStatus.Cancelled ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    public static SpanStatus Of(Activity activity) =>
        activity.GetCustomProperty(ConfiguredValue) is SpanStatus given ? given
        : activity.GetTagItem(Outcome) is string outcome ? OfOutcome(outcome, activity.GetTagItem(ErrorType) as string)
        : activity.GetTagItem("http.response.status_code") is int status ? OfHttp(status)
        : activity.Status == ActivityStatusCode.Error ? SpanStatus.InternalError
        : SpanStatus.Ok;

    public static SpanStatus OfOutcome(string outcome, string? errorType)
    {
        if (outcome == OperationOutcome.Cancelled.Label())
        {
            return SpanStatus.Cancelled;
        }

        if (outcome == OperationOutcome.Success.Label() || outcome == OperationOutcome.InputRequired.Label())
        {
            return SpanStatus.Ok;
        }

        bool isCallers = outcome == OperationOutcome.ClientError.Label();
        return errorType switch
        {
            "timeout" => SpanStatus.DeadlineExceeded,
            "auth" => isCallers ? SpanStatus.PermissionDenied : SpanStatus.Unauthenticated,
            "circuit_breaker" => SpanStatus.Unavailable,
            _ => isCallers ? SpanStatus.InvalidArgument : SpanStatus.InternalError,
        };
    }

    public static SpanStatus OfHttp(int status) => status switch
    {
        < 400 => SpanStatus.Ok,
        401 => SpanStatus.Unauthenticated,
        403 => SpanStatus.PermissionDenied,
        404 => SpanStatus.NotFound,
        429 => SpanStatus.ResourceExhausted,
        499 => SpanStatus.Cancelled,
        503 => SpanStatus.Unavailable,
        504 => SpanStatus.DeadlineExceeded,
        < 500 => SpanStatus.InvalidArgument,
        _ => SpanStatus.InternalError,
    };
}
