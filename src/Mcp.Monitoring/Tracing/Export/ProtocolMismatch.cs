using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Notices that a receiver of OTLP does not speak as it is spoken to: gRPC and HTTP share the word, and each loses all that the other is sent. Asked by the thread
/// that sends; told once, and never of a receiver that has taken anything.
/// </summary>
internal sealed class ProtocolMismatch(OtlpAddress address, string receiver, string remedy, ILogger logger)
{
    // Load balancers of AWS answer so where versions of HTTP do not fit.
    private const HttpStatusCode IncompatibleVersions = (HttpStatusCode)464;

    private bool _isSettled;

    /// <summary>Names what is to be written for a receiver of the other kind.</summary>
    public static string Remedy(OtlpAddress address) => address.IsGrpc
        ? $"Set otel.otlp_protocol: {OtlpAddress.HttpProtobuf} (or OTEL_EXPORTER_OTLP_PROTOCOL={OtlpAddress.HttpProtobuf}), or write the port that takes gRPC, mostly 4317"
        : $"Set otel.otlp_protocol: {OtlpAddress.Grpc} (or OTEL_EXPORTER_OTLP_PROTOCOL={OtlpAddress.Grpc}), or write the port that takes HTTP, mostly 4318";

    /// <summary>The same for Jaeger, whose protocol follows from its port.</summary>
    public static string RemedyOfJaeger(OtlpAddress address) => address.IsGrpc
        ? "Write its port that takes gRPC, or the one that takes HTTP, mostly 4318"
        : $"Write its port that takes HTTP, mostly 4318; for gRPC name it in otel.otlp_endpoint and set otel.otlp_protocol: {OtlpAddress.Grpc}";

    public void Answered(HttpResponseMessage response, ReadOnlySpan<byte> body, in Answer answer)
    {
        if (answer.Kind == AnswerKind.Delivered)
        {
            _isSettled = true;
        }
        else if (!_isSettled && IsOther(address.IsGrpc, response, body))
        {
            Warn(Answers.Detail(response.StatusCode), address.IsGrpc ? "HTTP" : "gRPC", remedy);
        }
    }

    public void Failed(Exception fault)
    {
        if (!_isSettled && SignOf(fault) is { } sign)
        {
            // What expects TLS hangs up as well.
            string other = address.IsGrpc ? "HTTP" : "gRPC";
            bool isPlain = address.Endpoint.Scheme == Uri.UriSchemeHttp;
            Warn(sign, isPlain ? other + " or TLS" : other, isPlain ? remedy + "; for TLS write https in the address" : remedy);
        }
    }

    /// <summary>Finds out whether this is how a receiver of the other kind answers.</summary>
    public static bool IsOther(bool isGrpc, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        bool answersInGrpc = response.Headers.Contains("grpc-status") || response.TrailingHeaders.Contains("grpc-status")
            || response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
        bool refusesForm = response.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UpgradeRequired or HttpStatusCode.HttpVersionNotSupported or IncompatibleVersions;
        return isGrpc
            ? !answersInGrpc && (refusesForm || response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
            : answersInGrpc || refusesForm || (response.StatusCode == HttpStatusCode.BadRequest && NamesVersion(body));
    }

    /// <summary>Names what a connection ends with on which neither understands the other; <see langword="null"/> for what says nothing of that.</summary>
    public static string? SignOf(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } request:
                    return request.HttpRequestError.ToString();
                case HttpIOException { HttpRequestError: HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } answer:
                    return answer.HttpRequestError.ToString();
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } socket:
                    return socket.SocketErrorCode.ToString();
                default:
                    break;
            }
        }

        return null;
    }

    // What a web server for HTTP/2 alone writes to whoever speaks HTTP/1.1: "An HTTP/1.x request was sent to an HTTP/2 only endpoint."
    private static bool NamesVersion(ReadOnlySpan<byte> body) => body.IndexOf("HTTP/2"u8) >= 0 || body.IndexOf("HTTP/1"u8) >= 0;

    private void Warn(string sign, string other, string what)
    {
        _isSettled = true;
        Log.OtherProtocol(logger, receiver, address.IsGrpc ? "gRPC" : "HTTP", other, sign, what);
    }
}
