using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The places that the settings name.</summary>
internal static class Receivers
{
    private const string ZipkinPath = "/api/v2/spans";
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <param name="options">The settings, which are right.</param>
    /// <param name="besideHosts">Whether the host's own SDK sends too: it reads the variables of OpenTelemetry itself.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Who is told of a receiver that speaks otherwise.</param>
    public static IEnumerable<Receiver> Of(OtelOptions options, bool besideHosts, TimeProvider time, ILogger logger)
    {
        if (options.OtlpEndpoint is not null && !(besideHosts && options.OtlpVariable is not null))
        {
            OtlpAddress address = OtlpAddress.OfTraces(options);
            yield return Otlp("OTLP", address, options.OtlpHeaders, options.OtlpTimeoutMs, time, ProtocolMismatch.Remedy(address), logger);
        }

        if (options.JaegerEndpoint is { } jaeger)
        {
            OtlpAddress address = OtlpAddress.OfJaeger(jaeger, out _);
            yield return Otlp("Jaeger", address, headers: null, options.OtlpTimeoutMs, time, ProtocolMismatch.RemedyOfJaeger(address), logger);
        }

        if (options.ZipkinEndpoint is { } zipkin)
        {
            var answers = new AnswerReader(Network(), HttpAnswers.Zipkin, time);
            Uri address = ZipkinAddress(zipkin);
            yield return new Receiver($"Zipkin at {Shown(address)}", new ZipkinExporter(address, Client(answers, options.OtlpTimeoutMs)), answers);
        }
    }

    public static OtlpExporterOptions OtlpOptions(OtlpAddress address, int timeoutMs, AnswerReader answers) => new()
    {
        // What it has read from variables by itself is replaced whole.
        Endpoint = address.Endpoint,
        Protocol = address.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        Headers = "",
        TimeoutMilliseconds = timeoutMs,
        HttpClientFactory = () => Client(answers, timeoutMs),
    };

    /// <summary>Says what is at an address, for the log.</summary>
    public static string NameOf(string kind, OtlpAddress address) => $"{kind} ({(address.IsGrpc ? "gRPC" : "HTTP")}) at {Shown(address.Endpoint)}";

    public static AnswerReader Answers(OtlpAddress address, string? headers, TimeProvider time, ProtocolMismatch? mismatch) =>
        new(Network(), address.IsGrpc ? GrpcAnswers.Otlp : HttpAnswers.Otlp, time) { Headers = OtlpHeaders.Read(headers), Mismatch = mismatch };

    /// <summary>Returns an address as it may stand in a log: a query may hold a key.</summary>
    public static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    public static Uri ZipkinAddress(string endpoint) =>
        new Uri(endpoint) is { AbsolutePath: "/" } bare ? new UriBuilder(bare) { Path = ZipkinPath }.Uri : new Uri(endpoint);

    private static Receiver Otlp(string kind, OtlpAddress address, string? headers, int timeoutMs, TimeProvider time, string remedy, ILogger logger)
    {
        string name = NameOf(kind, address);
        AnswerReader answers = Answers(address, headers, time, new ProtocolMismatch(address, name, remedy, logger));
        return new Receiver(
            name,
            new OtlpTraceExporter(OtlpOptions(address, timeoutMs, answers)),
            answers);
    }

    /// <summary>Our own connections: seen by no instrumentation, and never led elsewhere.</summary>
    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    private static HttpClient Client(HttpMessageHandler handler, int timeoutMs) => new(handler) { Timeout = TimeSpan.FromMilliseconds(timeoutMs) };
}
