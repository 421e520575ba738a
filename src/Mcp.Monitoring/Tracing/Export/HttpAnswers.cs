using System.Globalization;
using System.Net;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What an HTTP answer means: OTLP 1.x "OTLP/HTTP Response", and the same for Zipkin, which says less.</summary>
internal static class HttpAnswers
{
    public static Answer Otlp(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        Answer answer = Judge(response, now);
        return answer.Kind == AnswerKind.Delivered ? answer with { Rejected = PartialSuccess.Rejected(body) } : answer;
    }

    public static Answer Zipkin(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now) => Judge(response, now);

    public static bool IsRetryable(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    public static string Detail(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}");

    private static Answer Judge(HttpResponseMessage response, DateTimeOffset now) =>
        response.IsSuccessStatusCode ? new Answer(AnswerKind.Delivered, Detail(response.StatusCode))
        : IsRetryable(response.StatusCode) ? new Answer(AnswerKind.Later, Detail(response.StatusCode)) { RetryAfter = RetryDelay.Of(response.Headers.RetryAfter, now) }
        : new Answer(AnswerKind.Refused, Detail(response.StatusCode));
}
