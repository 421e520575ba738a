namespace Mcp.Monitoring.Tracing;

/// <summary>Where OTLP of one kind goes, and how it is spoken there.</summary>
/// <param name="Endpoint">The whole address; of gRPC without a path, since that is the method's.</param>
/// <param name="IsGrpc">Whether it is gRPC; else protobuf over HTTP.</param>
/// <param name="HasLostPath">Whether a path was given that gRPC has no use for.</param>
internal sealed record OtlpAddress(Uri Endpoint, bool IsGrpc, bool HasLostPath)
{
    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";

    private const int GrpcPort = 4317;
    private const int HttpPort = 4318;
    private const int ThriftPort = 14268;
    private const string ThriftPath = "/api/traces";
    private const string TracesPath = "/v1/traces";
    private const string MetricsPath = "/v1/metrics";

    public static OtlpAddress OfTraces(OtelOptions options) =>
        Of(options.OtlpEndpoint!, options.OtlpProtocol, options.OtlpVariable == OtelOptions.TracesVariable ? null : TracesPath);

    /// <summary>Returns where metrics go, or <see langword="null"/> where the settings do not tell.</summary>
    public static OtlpAddress? OfMetrics(OtelOptions options)
    {
        if (options.OtlpMetricsEndpoint is { } own)
        {
            return Of(own, options.OtlpProtocol, signalPath: null);
        }

        if (options.OtlpEndpoint is not { } endpoint)
        {
            return null;
        }

        OtlpAddress traces = OfTraces(options);
        return traces.IsGrpc ? traces
            : options.OtlpVariable != OtelOptions.TracesVariable || EndsWith(traces.Endpoint, TracesPath) ? Of(endpoint, options.OtlpProtocol, MetricsPath)
            : null;
    }

    /// <summary>Returns where Jaeger takes OTLP: the address itself, or that beside its old Thrift receiver.</summary>
    public static OtlpAddress OfJaeger(string endpoint, out bool wasThrift)
    {
        var uri = new Uri(endpoint);
        wasThrift = uri.Port == ThriftPort || EndsWith(uri, ThriftPath);
        return wasThrift
            ? new OtlpAddress(new UriBuilder(uri.Scheme, uri.Host, HttpPort, TracesPath).Uri, IsGrpc: false, HasLostPath: false)
            : Of(endpoint, protocol: null, TracesPath);
    }

    private static OtlpAddress Of(string endpoint, string? protocol, string? signalPath)
    {
        var uri = new Uri(endpoint);
        if (protocol is null ? uri.Port == GrpcPort : protocol == Grpc)
        {
            return new OtlpAddress(new UriBuilder(uri.Scheme, uri.Host, uri.Port).Uri, IsGrpc: true, HasLostPath: uri.AbsolutePath.Length > 1);
        }

        return new OtlpAddress(signalPath is null ? uri : WithPath(uri, signalPath), IsGrpc: false, HasLostPath: false);
    }

    private static Uri WithPath(Uri uri, string signalPath)
    {
        string path = uri.AbsolutePath.TrimEnd('/');
        foreach (string known in new[] { TracesPath, MetricsPath })
        {
            path = EndsWith(uri, known) ? path[..^known.Length] : path;
        }

        return new UriBuilder(uri) { Path = path + signalPath }.Uri;
    }

    private static bool EndsWith(Uri uri, string path) => uri.AbsolutePath.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase);
}
