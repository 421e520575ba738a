using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What a gRPC answer means: the status in its trailers, or in its headers where it has nothing else; OTLP 1.x "OTLP/gRPC Response".</summary>
internal static class GrpcAnswers
{
    private const int Ok = 0, Cancelled = 1, DeadlineExceeded = 4, ResourceExhausted = 8, Aborted = 10, OutOfRange = 11, Unavailable = 14, DataLoss = 15;
    private const int Unknown = 2;
    private const int PrefixLength = 5;

    public static Answer Otlp(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            // Something in between that speaks no gRPC.
            return new Answer(HttpAnswers.IsRetryable(response.StatusCode) ? AnswerKind.Later : AnswerKind.Refused, HttpAnswers.Detail(response.StatusCode))
            {
                RetryAfter = RetryDelay.Of(response.Headers.RetryAfter, now),
            };
        }

        int status = int.TryParse(Header(response, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : Unknown;
        string detail = string.Create(CultureInfo.InvariantCulture, $"gRPC {status}");
        TimeSpan? delay = status is ResourceExhausted or Unavailable ? RetryInfo.Delay(Header(response, "grpc-status-details-bin")) : null;
        return status switch
        {
            Ok => new Answer(AnswerKind.Delivered, detail) { Rejected = PartialSuccess.Rejected(Message(body)) },
            Cancelled or DeadlineExceeded or Aborted or OutOfRange or Unavailable or DataLoss => new Answer(AnswerKind.Later, detail) { RetryAfter = delay },
            ResourceExhausted when delay is not null => new Answer(AnswerKind.Later, detail) { RetryAfter = delay },
            _ => new Answer(AnswerKind.Refused, detail),
        };
    }

    // One byte says whether it is compressed, which we never ask for; four are the length.
    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> body) =>
        body.Length >= PrefixLength && body[0] == 0 && BinaryPrimitives.ReadUInt32BigEndian(body[1..]) is { } length && length <= body.Length - PrefixLength
            ? body.Slice(PrefixLength, (int)length)
            : default;

    private static string? Header(HttpResponseMessage response, string name) => First(response.TrailingHeaders, name) ?? First(response.Headers, name);

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
