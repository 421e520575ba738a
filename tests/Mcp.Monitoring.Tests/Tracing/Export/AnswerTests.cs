using System.Net;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>What an answer means, over the whole list of statuses.</summary>
public class AnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> HttpStatuses => [.. Enumerable.Range(200, 400)];

    [Theory]
    [MemberData(nameof(HttpStatuses))]
    public void Status_of_HTTP_says_whether_to_come_again(int status)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        AnswerKind expected = status < 300 ? AnswerKind.Delivered : status is 429 or 502 or 503 or 504 ? AnswerKind.Later : AnswerKind.Refused;

        Assert.Equal(expected, Answers.Http(response, [], Now).Kind);
    }

    [Theory]
    [InlineData("7", 7d)]
    [InlineData("0", 0d)]
    [InlineData("99999999", 300d)]
    [InlineData("Sun, 01 Mar 2026 12:00:09 GMT", 9d)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0d)]
    [InlineData("Sun, 01 Mar 2099 12:00:09 GMT", 300d)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData(null, null)]
    public void Wait_that_HTTP_asks_for_is_seconds_or_a_date_and_at_most_five_minutes(string? header, double? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        Assert.Equal(seconds, Answers.Http(response, [], Now).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(0, nameof(AnswerKind.Delivered), nameof(AnswerKind.Delivered))]
    [InlineData(1, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(2, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(3, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(4, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(5, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(6, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(7, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(8, nameof(AnswerKind.Refused), nameof(AnswerKind.Later))]
    [InlineData(9, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(10, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(11, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(12, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(13, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(14, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(15, nameof(AnswerKind.Later), nameof(AnswerKind.Later))]
    [InlineData(16, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    [InlineData(17, nameof(AnswerKind.Refused), nameof(AnswerKind.Refused))]
    public void Status_of_gRPC_says_whether_to_come_again(int status, string plain, string withRetryInfo)
    {
        Assert.Equal(plain, Grpc(trailer: $"{status}").Kind.ToString());
        Assert.Equal(plain, Grpc(header: $"{status}").Kind.ToString());
        Assert.Equal(withRetryInfo, Grpc(trailer: $"{status}", details: Details(seconds: 3, nanos: 500_000_000)).Kind.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    [InlineData(null)]
    public void Answer_of_gRPC_without_a_status_is_a_refusal(string? status)
    {
        Assert.Equal(AnswerKind.Refused, Grpc(trailer: status).Kind);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, nameof(AnswerKind.Later))]
    [InlineData(HttpStatusCode.ServiceUnavailable, nameof(AnswerKind.Later))]
    [InlineData(HttpStatusCode.NotFound, nameof(AnswerKind.Refused))]
    [InlineData(HttpStatusCode.Unauthorized, nameof(AnswerKind.Refused))]
    public void Proxy_that_speaks_no_gRPC_answers_by_HTTP(HttpStatusCode status, string expected)
    {
        using var response = new HttpResponseMessage(status);

        Assert.Equal(expected, Answers.Grpc(response, [], Now).Kind.ToString());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(14)]
    public void Wait_that_gRPC_asks_for_is_in_the_details(int status)
    {
        Assert.Equal(TimeSpan.FromSeconds(3.5), Grpc(trailer: $"{status}", details: Details(3, 500_000_000)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(3.5), Grpc(trailer: $"{status}", details: Details(3, 500_000_000).TrimEnd('=')).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(5), Grpc(trailer: $"{status}", details: Details(3_000_000, 0)).RetryAfter);
        Assert.Null(Grpc(trailer: $"{status}", details: "AAAA").RetryAfter);
        Assert.Null(Grpc(trailer: $"{status}", details: "not base64!").RetryAfter);
        Assert.Null(Grpc(trailer: $"{status}", details: new string('A', 100_000)).RetryAfter);
    }

    [Fact]
    public void What_gRPC_left_out_is_in_the_message()
    {
        Assert.Equal(3, Grpc(trailer: "0", body: [0, 0, 0, 0, 4, 0x0A, 0x02, 0x08, 0x03]).Rejected);
        Assert.Equal(0, Grpc(trailer: "0", body: [0, 0, 0, 0, 0]).Rejected);
        Assert.Equal(0, Grpc(trailer: "0", body: [1, 0, 0, 0, 4, 0x0A, 0x02, 0x08, 0x03]).Rejected);
        Assert.Equal(0, Grpc(trailer: "0", body: [0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0A, 0x02, 0x08, 0x03]).Rejected);
        Assert.Equal(0, Grpc(trailer: "0", body: [0, 0]).Rejected);
    }

    [Fact]
    public void Message_beside_what_is_known_is_passed_over()
    {
        // Fields 2 (text), 3 (fixed 64), 4 (fixed 32), then partial_success with error_message before rejected_spans.
        Assert.Equal(5, OtlpMessage.Rejected([0x12, 1, 65, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x25, 1, 2, 3, 4, 0x0A, 5, 0x12, 1, 66, 0x08, 5]));
        Assert.Equal(0, OtlpMessage.Rejected([0x0A, 11, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]));
    }

    [Fact]
    public void Body_of_random_bytes_is_read_to_an_end()
    {
        var random = new Random(7);
        byte[] body = new byte[300];
        for (int i = 0; i < 20_000; i++)
        {
            Span<byte> part = body.AsSpan(0, random.Next(body.Length));
            random.NextBytes(part);

            Assert.True(OtlpMessage.Rejected(part) >= 0);
            _ = OtlpMessage.RetryDelay(Convert.ToBase64String(part));
            _ = Grpc(trailer: "0", body: part.ToArray());
        }
    }

    private static Answer Grpc(string? trailer = null, string? header = null, string? details = null, byte[]? body = null)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("grpc-status", header);
        }

        if (trailer is not null)
        {
            response.TrailingHeaders.TryAddWithoutValidation("grpc-status", trailer);
        }

        if (details is not null)
        {
            response.TrailingHeaders.TryAddWithoutValidation("grpc-status-details-bin", details);
        }

        return Answers.Grpc(response, body, Now);
    }

    // google.rpc.Status { code 14, details [ Any { type_url, value: RetryInfo { retry_delay { seconds, nanos } } } ] }
    private static string Details(int seconds, int nanos)
    {
        byte[] duration = [0x08, .. Varint(seconds), 0x10, .. Varint(nanos)];
        byte[] info = [0x0A, (byte)duration.Length, .. duration];
        byte[] type = [.. "type.googleapis.com/google.rpc.RetryInfo"u8];
        byte[] any = [0x0A, (byte)type.Length, .. type, 0x12, (byte)info.Length, .. info];
        return Convert.ToBase64String([0x08, 14, 0x12, 1, 65, 0x1A, (byte)any.Length, .. any]);
    }

    private static IEnumerable<byte> Varint(int value)
    {
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                yield return (byte)rest;
                yield break;
            }

            yield return (byte)(rest | 0x80);
        }
    }
}
