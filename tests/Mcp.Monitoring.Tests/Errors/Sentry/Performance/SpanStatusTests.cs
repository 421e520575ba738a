using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Performance;

public class SpanStatusTests
{
    [Theory]
    [InlineData("success", null, SpanStatus.Ok)]
    [InlineData("input_required", null, SpanStatus.Ok)]
    [InlineData("cancelled", null, SpanStatus.Cancelled)]
    [InlineData("tool_error", "internal", SpanStatus.InternalError)]
    [InlineData("client_error", "validation", SpanStatus.InvalidArgument)]
    [InlineData("client_error", "auth", SpanStatus.PermissionDenied)]
    [InlineData("server_error", "internal", SpanStatus.InternalError)]
    [InlineData("server_error", "integration", SpanStatus.InternalError)]
    [InlineData("server_error", "timeout", SpanStatus.DeadlineExceeded)]
    [InlineData("server_error", "auth", SpanStatus.Unauthenticated)]
    [InlineData("server_error", "circuit_breaker", SpanStatus.Unavailable)]
    public void Outcome_is_a_status(string outcome, string? errorType, SpanStatus status)
    {
        Assert.Equal(status, SpanStatuses.OfOutcome(outcome, errorType));
    }

    [Fact]
    public void Every_outcome_is_a_status_and_only_those_without_an_error_are_ok()
    {
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            foreach (ErrorType error in OperationLabels.ErrorTypes)
            {
                SpanStatus status = SpanStatuses.OfOutcome(outcome.Label(), error.Label());
                Assert.Equal(outcome.IsError(), status is not (SpanStatus.Ok or SpanStatus.Cancelled));
            }
        }
    }

    [Theory]
    [InlineData(200, SpanStatus.Ok)]
    [InlineData(302, SpanStatus.Ok)]
    [InlineData(400, SpanStatus.InvalidArgument)]
    [InlineData(401, SpanStatus.Unauthenticated)]
    [InlineData(403, SpanStatus.PermissionDenied)]
    [InlineData(404, SpanStatus.NotFound)]
    [InlineData(418, SpanStatus.InvalidArgument)]
    [InlineData(429, SpanStatus.ResourceExhausted)]
    [InlineData(499, SpanStatus.Cancelled)]
    [InlineData(500, SpanStatus.InternalError)]
    [InlineData(503, SpanStatus.Unavailable)]
    [InlineData(504, SpanStatus.DeadlineExceeded)]
    public void Status_of_HTTP_is_a_status(int http, SpanStatus status)
    {
        Assert.Equal(status, SpanStatuses.OfHttp(http));
    }
}
