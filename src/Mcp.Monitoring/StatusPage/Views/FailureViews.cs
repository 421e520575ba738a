using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes what is shown of errors: without secrets, on one line, with links.</summary>
internal static class FailureViews
{
    private const int LongestMessage = 300;

    public static FailureView Of(KeptFailure failure, LinkOptions links) => new()
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
        TraceUrl = LinkTemplate.Fill(links.Trace, failure.TraceId, failure.CorrelationId),
        SentryUrl = LinkTemplate.Fill(links.Sentry, failure.TraceId, failure.CorrelationId),
    };
}
