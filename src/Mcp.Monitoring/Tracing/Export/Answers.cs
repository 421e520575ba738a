using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What an answer means: OTLP 1.x "OTLP/HTTP Response" and "OTLP/gRPC Response"; Zipkin says less in the way of the former.</summary>
internal static class Answers
{
    private const int Ok = 0, Cancelled = 1, Unknown = 2, DeadlineExceeded = 4, ResourceExhausted = 8, Aborted = 10, OutOfRange = 11, Unavailable = 14, DataLoss = 15;
    private const int GrpcPrefix = 5;

    // What a broken receiver says must not end the tracing.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    public static string Detail(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}");

    public static Answer Http(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        string detail = Detail(response.StatusCode);
        return response.IsSuccessStatusCode ? new Answer(AnswerKind.Delivered, detail) { Rejected = OtlpMessage.Rejected(body) }
            : IsRetryable(response.StatusCode) ? new Answer(AnswerKind.Later, detail) { RetryAfter = Delay(response.Headers.RetryAfter, now) }
            : new Answer(AnswerKind.Refused, detail);
    }

    /// <summary>Reads the status in the trailers, or in the headers where it has nothing else.</summary>
    public static Answer Grpc(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            // Something in between that speaks no gRPC.
            Answer answer = Http(response, body: default, now);
            return answer.Kind == AnswerKind.Delivered ? answer with { Kind = AnswerKind.Refused } : answer;
        }

        int status = int.TryParse(Header(response, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : Unknown;
        string detail = string.Create(CultureInfo.InvariantCulture, $"gRPC {status}");
        TimeSpan? delay = status is ResourceExhausted or Unavailable && OtlpMessage.RetryDelay(Header(response, "grpc-status-details-bin")) is { } asked ? Limited(asked) : null;
        return status switch
        {
            Ok => new Answer(AnswerKind.Delivered, detail) { Rejected = OtlpMessage.Rejected(Message(body)) },
            Cancelled or DeadlineExceeded or Aborted or OutOfRange or Unavailable or DataLoss => new Answer(AnswerKind.Later, detail) { RetryAfter = delay },
            ResourceExhausted when delay is not null => new Answer(AnswerKind.Later, detail) { RetryAfter = delay },
            _ => new Answer(AnswerKind.Refused, detail),
        };
    }

    private static bool IsRetryable(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan? Delay(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta is { } delta ? Limited(delta) : header?.Date is { } date ? Limited(date - now) : null;

    private static TimeSpan Limited(TimeSpan delay) => delay < TimeSpan.Zero ? TimeSpan.Zero : delay > LongestDelay ? LongestDelay : delay;

    // One byte says whether it is compressed, which we never ask for; four are the length.
    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> body) =>
        body.Length >= GrpcPrefix && body[0] == 0 && BinaryPrimitives.ReadUInt32BigEndian(body[1..]) is { } length && length <= body.Length - GrpcPrefix
            ? body.Slice(GrpcPrefix, (int)length)
            : default;

    private static string? Header(HttpResponseMessage response, string name) => First(response.TrailingHeaders, name) ?? First(response.Headers, name);

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
