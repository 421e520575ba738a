using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The places that the settings name, and how they are reached.</summary>
internal sealed class Receivers(TimeProvider time, ILogger<Receivers> logger)
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Gets what stands for the network.</summary>
    public Func<HttpMessageHandler>? Network { get; init; }

    /// <summary>Gets how time passes between two tries.</summary>
    public Action<TimeSpan>? Wait { get; init; }

    public DeliveryLimits Limits { get; init; } = new();

    /// <param name="options">The settings, which are right.</param>
    /// <param name="besideHosts">Whether the host's own SDK sends too: it reads the variables of OpenTelemetry itself.</param>
    public IReadOnlyList<Receiver> Of(OtelOptions options, bool besideHosts)
    {
        var receivers = new List<Receiver>();
        OtlpAddress? otlp = options.OtlpEndpoint is null || (besideHosts && options.OtlpVariable is not null) ? null : OtlpAddress.OfTraces(options);
        if (otlp is { } address)
        {
            receivers.Add(Otlp("OTLP", address, options, options.OtlpHeaders, ProtocolMismatch.Remedy(address)));
        }

        if (options.JaegerEndpoint is { } jaeger)
        {
            OtlpAddress toJaeger = OtlpAddress.OfJaeger(jaeger, out _);
            if (toJaeger.Endpoint != otlp?.Endpoint)
            {
                receivers.Add(Otlp("Jaeger", toJaeger, options, headers: null, ProtocolMismatch.RemedyOfJaeger(toJaeger)));
            }
        }

        if (options.ZipkinEndpoint is { } zipkin)
        {
            Uri toZipkin = ZipkinReceiver.Address(zipkin);
            receivers.Add(ZipkinReceiver.Of(toZipkin, Delivery(toZipkin, isGrpc: false, LimitsOf(options), headers: null, mismatch: null)));
        }

        // A span is the same one for all of them.
        return options.ZipkinEndpoint is null ? receivers : [.. receivers.Select(receiver => receiver with { ReadsTagsOnly = true })];
    }

    /// <summary>Returns the way of the metrics, which are not kept: the numbers are totals, and the next push makes good what one has lost.</summary>
    public OtlpExporterOptions Metrics(OtelOptions options)
    {
        OtlpAddress address = OtlpAddress.OfMetrics(options)!;
        var mismatch = new ProtocolMismatch(address, NameOf("OTLP", address), ProtocolMismatch.Remedy(address), logger);
        return OtlpOptions(address, Delivery(address.Endpoint, address.IsGrpc, LimitsOf(options) with { Keep = TimeSpan.Zero }, options.OtlpHeaders, mismatch));
    }

    /// <summary>Returns an address as it may stand in a log: a query may hold a key.</summary>
    public static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    /// <summary>Returns the client for an exporter; how long a request may take is decided behind it.</summary>
    public static HttpClient Client(PatientHandler delivery) => new(delivery) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Says what is at an address, for the log.</summary>
    private static string NameOf(string kind, OtlpAddress address) => $"{kind} ({(address.IsGrpc ? "gRPC" : "HTTP")}) at {Shown(address.Endpoint)}";

    private Receiver Otlp(string kind, OtlpAddress address, OtelOptions options, string? headers, string remedy)
    {
        string name = NameOf(kind, address);
        PatientHandler delivery = Delivery(address.Endpoint, address.IsGrpc, LimitsOf(options), headers, new ProtocolMismatch(address, name, remedy, logger));
        return new Receiver(name, new OtlpTraceExporter(OtlpOptions(address, delivery)), delivery);
    }

    // What it has read from variables by itself is replaced whole.
    private static OtlpExporterOptions OtlpOptions(OtlpAddress address, PatientHandler delivery) => new()
    {
        Endpoint = address.Endpoint,
        Protocol = address.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        Headers = "",
        TimeoutMilliseconds = Timeout.Infinite,
        HttpClientFactory = () => Client(delivery),
    };

    private PatientHandler Delivery(Uri address, bool isGrpc, DeliveryLimits limits, string? headers, ProtocolMismatch? mismatch) =>
        new(Network?.Invoke() ?? NetworkTo(address, isGrpc, limits.Request), isGrpc ? Answers.Grpc : Answers.Http, limits, time)
        {
            Headers = OtlpHeaders.Read(headers),
            Mismatch = mismatch,
            Wait = Wait,
        };

    private DeliveryLimits LimitsOf(OtelOptions options) => Limits with { Request = TimeSpan.FromMilliseconds(options.OtlpTimeoutMs) };

    // gRPC needs HTTP/2, and a proxy more than one connection: these need the thread pool.
    private static HttpMessageHandler NetworkTo(Uri address, bool isGrpc, TimeSpan limit) =>
        isGrpc || HttpClient.DefaultProxy.GetProxy(address) is not null
            ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = ConnectionLifetime }
            : new BlockingNetwork(limit);
}
