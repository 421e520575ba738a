using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes what is shown of errors: without secrets, on one line, with links.</summary>
internal static class FailureViews
{
    private const int LongestMessage = 300;

    public static FailureView Of(KeptFailure failure, LinkTemplates links) => new()
    {
        At = failure.At,
        Type = failure.OperationType,
        Operation = failure.Operation,
        ErrorType = failure.ErrorType.Label(),
        Outcome = failure.Outcome.Label(),
        Dependency = failure.Dependency,
        Exception = failure.Exception,
        Message = failure.Message is { } message ? LineSanitizer.Of(message, LongestMessage) : null,
        CorrelationId = failure.CorrelationId,
        TraceId = failure.TraceId,
        TraceUrl = links.TraceOf(failure),
        SentryUrl = links.SentryOf(failure),
    };
}
