using Mcp.Monitoring.Tests.Configuration;
using Mcp.Monitoring.Tracing;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing;

public class OtlpAddressTests
{
    [Theory]
    [InlineData("http://localhost:4317", null, true, "http://localhost:4317/")]
    [InlineData("http://localhost:4317/v1/traces", null, true, "http://localhost:4317/")]
    [InlineData("https://collector.example.com", "grpc", true, "https://collector.example.com/")]
    [InlineData("http://[::1]:4317", null, true, "http://[::1]:4317/")]
    [InlineData("http://localhost:4318", null, false, "http://localhost:4318/v1/traces")]
    [InlineData("http://localhost:4318/", null, false, "http://localhost:4318/v1/traces")]
    [InlineData("http://localhost:4318/v1/traces", null, false, "http://localhost:4318/v1/traces")]
    [InlineData("http://localhost:4318/v1/traces/", null, false, "http://localhost:4318/v1/traces")]
    [InlineData("https://collector.example.com/otlp", null, false, "https://collector.example.com/otlp/v1/traces")]
    [InlineData("http://localhost:4317", "http/protobuf", false, "http://localhost:4317/v1/traces")]
    public void Setting_is_a_base_address(string address, string? protocol, bool isGrpc, string expected)
    {
        OtlpAddress traces = OtlpAddress.OfTraces(new OtelOptions { OtlpEndpoint = address, OtlpProtocol = protocol });

        Assert.Equal((isGrpc, expected), (traces.IsGrpc, traces.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "http://localhost:4318/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4318", "http://localhost:4318/")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4318/in?key=1", "http://localhost:4318/in?key=1")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4317/v1/traces", "http://localhost:4317/")]
    public void Variable_for_traces_is_used_as_it_is_and_the_general_one_is_a_base_address(string variable, string address, string expected)
    {
        using Configured configured = new Configured().Variable(variable, address);

        Assert.Equal(expected, OtlpAddress.OfTraces(configured.Options.Otel).Endpoint.ToString());
    }

    [Theory]
    [InlineData("http://localhost:4317", "http://localhost:4317/")]
    [InlineData("http://localhost:4318", "http://localhost:4318/v1/metrics")]
    [InlineData("http://localhost:4318/v1/traces", "http://localhost:4318/v1/metrics")]
    [InlineData("http://localhost:4318/otlp/v1/traces", "http://localhost:4318/otlp/v1/metrics")]
    public void Metrics_go_beside_the_traces(string address, string expected)
    {
        Assert.Equal(expected, OtlpAddress.OfMetrics(new OtelOptions { OtlpEndpoint = address })?.Endpoint.ToString());
    }

    [Theory]
    [InlineData("http://localhost:4318/v1/traces", "http://localhost:4318/v1/metrics")]
    [InlineData("http://localhost:4318/in", null)]
    public void Variable_for_traces_tells_where_metrics_go_only_by_its_usual_path(string address, string? expected)
    {
        using Configured configured = new Configured().Variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", address);

        Assert.Equal(expected, OtlpAddress.OfMetrics(configured.Options.Otel)?.Endpoint.ToString());
    }

    [Theory]
    [InlineData("http://jaeger:14268/api/traces", true, false, "http://jaeger:4318/v1/traces")]
    [InlineData("http://jaeger:14268", true, false, "http://jaeger:4318/v1/traces")]
    [InlineData("https://jaeger.example.com/api/traces", true, false, "https://jaeger.example.com:4318/v1/traces")]
    [InlineData("http://[::1]:14268/api/traces", true, false, "http://[::1]:4318/v1/traces")]
    [InlineData("http://jaeger:4317", false, true, "http://jaeger:4317/")]
    [InlineData("http://jaeger:4318", false, false, "http://jaeger:4318/v1/traces")]
    public void Old_address_of_Jaeger_is_its_receiver_of_OTLP(string address, bool wasThrift, bool isGrpc, string expected)
    {
        OtlpAddress jaeger = OtlpAddress.OfJaeger(address, out bool found);

        Assert.Equal((wasThrift, isGrpc, expected), (found, jaeger.IsGrpc, jaeger.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("http://zipkin:9411", "http://zipkin:9411/api/v2/spans")]
    [InlineData("http://zipkin:9411/", "http://zipkin:9411/api/v2/spans")]
    [InlineData("http://zipkin:9411/zipkin/api/v2/spans", "http://zipkin:9411/zipkin/api/v2/spans")]
    public void Address_of_Zipkin_without_a_path_gets_the_usual_one(string address, string expected)
    {
        Assert.Equal(expected, ZipkinReceiver.Address(address).ToString());
    }
}
