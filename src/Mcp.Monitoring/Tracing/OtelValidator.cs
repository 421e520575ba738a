using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tracing;

/// <summary>What can be wrong with the settings of OpenTelemetry.</summary>
internal static class OtelValidator
{
    private const string AddressRemedy = "Set it to an URL such as http://localhost:4317, https for a public host, or leave it out.";
    private const int LongestName = 255;
    private const int MostSources = 100;

    public static IEnumerable<Fault> Check(OtelOptions options, bool hasAddress) =>
    [
        .. SettingRules.Faults(
            SettingRules.Between(nameof(options.TracesSampleRate), options.TracesSampleRate, 0, 1),
            SettingRules.Between(nameof(options.KeptFailuresPerMinute), options.KeptFailuresPerMinute, 0, 10_000),
            SettingRules.Between(nameof(options.OtlpTimeoutMs), options.OtlpTimeoutMs, 100, 60_000),
            SettingRules.Between(nameof(options.QueueSize), options.QueueSize, 16, 65_536),
            SettingRules.Between(nameof(options.SendIntervalMs), options.SendIntervalMs, 10, 60_000),
            SettingRules.Name(nameof(options.ServiceName), options.ServiceName, LongestName, "Set it to 1 to 255 characters, or leave it out for the application's name."),
            options.Enabled == true && !hasAddress
                ? Fault.Missing(nameof(options.OtlpEndpoint), "Set it, jaeger_endpoint or zipkin_endpoint, or the variable OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or set enabled: false.")
                : null,
            Protocol(options.OtlpProtocol),
            Headers(options.OtlpHeaders)),
        .. Address(nameof(options.OtlpEndpoint), options.OtlpEndpoint, () => OfOtlp(options)),
        .. Address(nameof(options.JaegerEndpoint), options.JaegerEndpoint, () => OfJaeger(options)),
        .. Address(nameof(options.ZipkinEndpoint), options.ZipkinEndpoint),
        .. Address(nameof(options.OtlpMetricsEndpoint), options.OtlpMetricsEndpoint),
        .. Metrics(options),
        .. Sources(options.Sources),
    ];

    private static Fault? Protocol(string? protocol) => protocol is null or OtlpAddress.Grpc or OtlpAddress.HttpProtobuf
        ? null
        : Fault.Of(nameof(OtelOptions.OtlpProtocol), protocol, $"{NearestName.Suggest(protocol, [OtlpAddress.Grpc, OtlpAddress.HttpProtobuf])}Set it to grpc or http/protobuf, or leave it out: port 4317 means grpc, any other http/protobuf.");

    // Never the text: it holds keys.
    private static Fault? Headers(string? headers) => headers is null ? null
        : OtlpHeaders.Fault(headers) is { } problem ? new Fault(nameof(OtelOptions.OtlpHeaders), problem, "Write name=value, several with commas between them, and percent-encode what is special.")
        : null;

    private static Fault[] Address(string name, string? value, Func<Fault?>? mapped = null)
    {
        if (value is null)
        {
            return [];
        }

        if (Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length > 0)
        {
            return [new Fault(name, "holds a user name", "Take it out: it is never sent, and the address is printed.")];
        }

        // These variables are often meant for the application's own SDK, and a collector of one's own may have any name: no reason not to start.
        Fault[] faults = [.. SettingRules.Address(name, value, AddressRemedy, isSecret: false).Select(OutgoingAddress.Soften)];
        return Array.TrueForAll(faults, fault => fault.IsWarning) ? [.. SettingRules.Faults(mapped?.Invoke()), .. faults] : faults;
    }

    private static Fault? OfOtlp(OtelOptions options)
    {
        if (Protocol(options.OtlpProtocol) is not null)
        {
            return null;
        }

        OtlpAddress address = OtlpAddress.OfTraces(options);
        return address.HasLostPath ? Warning(nameof(options.OtlpEndpoint), "has a path, which OTLP over gRPC has not", $"It goes to {address.Endpoint} without; take the path out, or set otlp_protocol: http/protobuf and its port, mostly 4318.")
            : !address.IsGrpc && address.Endpoint.AbsolutePath == "/" ? Warning(nameof(options.OtlpEndpoint), "has no path, and this variable is used as it is", "Most receivers want /v1/traces at its end.")
            : null;
    }

    private static Fault? OfJaeger(OtelOptions options)
    {
        OtlpAddress address = OtlpAddress.OfJaeger(options.JaegerEndpoint!, out bool wasThrift);
        bool isKnown = options.OtlpEndpoint is { } otlp && (OutgoingAddress.ProblemOf(otlp) is null or OutgoingAddress.PublicPlain) && Protocol(options.OtlpProtocol) is null && OtlpAddress.OfTraces(options).Endpoint == address.Endpoint;
        return isKnown ? Warning(nameof(OtelOptions.JaegerEndpoint), "is where otlp_endpoint leads", "Each span goes there once; take one of the two out.")
            : wasThrift ? Warning(nameof(OtelOptions.JaegerEndpoint), "is the address of Jaeger's old Thrift receiver", $"Spans go by OTLP to {address.Endpoint} instead; write that address.")
            : address.HasLostPath ? Warning(nameof(OtelOptions.JaegerEndpoint), "has a path, which OTLP over gRPC has not", $"It goes to {address.Endpoint} without; take the path out.")
            : null;
    }

    private static IEnumerable<Fault> Metrics(OtelOptions options) => options switch
    {
        { Metrics: false } or { OtlpMetricsEndpoint: not null } => [],
        { OtlpEndpoint: null } => [Fault.Missing(nameof(options.OtlpEndpoint), "Metrics are sent there: set it, or otlp_metrics_endpoint, or set metrics: false.")],
        _ when OutgoingAddress.ProblemOf(options.OtlpEndpoint) is null or OutgoingAddress.PublicPlain && Protocol(options.OtlpProtocol) is null && OtlpAddress.OfMetrics(options) is null
            => [Fault.Missing(nameof(options.OtlpMetricsEndpoint), "The address of traces does not end in /v1/traces and does not tell where metrics go: set this, or set metrics: false.")],
        _ => [],
    };

    private static IEnumerable<Fault> Sources(IList<string>? sources)
    {
        if (sources is not { Count: <= MostSources })
        {
            yield return Fault.Of(nameof(OtelOptions.Sources), sources is null ? null : $"{sources.Count} names", "Set at most 100 names; a name with * stands for many.");
            yield break;
        }

        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i] is not { Length: >= 1 and <= LongestName })
            {
                yield return Fault.Of($"{nameof(OtelOptions.Sources)}:{i}", sources[i], "Set the name of an ActivitySource, 1 to 255 characters.");
            }
            else if (sources[i].Equals(SpanSources.Sdk, StringComparison.OrdinalIgnoreCase))
            {
                yield return Fault.Of($"{nameof(OtelOptions.Sources)}:{i}", sources[i], "Leave it out: each of its spans is there already, from the source Mcp.Monitoring.");
            }
        }
    }

    private static Fault Warning(string name, string problem, string remedy) => new(name, problem, remedy) { IsWarning = true };
}
