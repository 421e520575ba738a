using Mcp.Monitoring.Tracing;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Configuration;

public class OtelRulesTests
{
    public static TheoryData<string> Addresses => [nameof(OtelOptions.OtlpEndpoint), nameof(OtelOptions.JaegerEndpoint), nameof(OtelOptions.ZipkinEndpoint)];

    [Theory]
    [InlineData("http://collector:4318", "http://collector:4318", true)]
    [InlineData("http://collector:4318/v1/traces", "http://collector:14268/api/traces", true)]
    [InlineData("http://collector:4317", "http://collector:4317", true)]
    [InlineData("http://collector.mycompany.ru:4318", "http://collector.mycompany.ru:4318", true)]
    [InlineData("http://collector:4317", "http://collector:4318", false)]
    [InlineData("http://collector:4318", "http://jaeger:4318", false)]
    public void Jaeger_that_is_where_OTLP_goes_gets_each_span_once(string otlp, string jaeger, bool isSame)
    {
        string[] warnings = OptionsRules.Warnings(options => (options.Otel.OtlpEndpoint, options.Otel.JaegerEndpoint) = (otlp, jaeger));
        var receivers = new Receivers(TimeProvider.System, NullLogger<Receivers>.Instance).Of(new OtelOptions { OtlpEndpoint = otlp, JaegerEndpoint = jaeger }, besideHosts: false);

        Assert.Equal(isSame, warnings.Any(warning => warning.Contains("is where otlp_endpoint leads", StringComparison.Ordinal)));
        Assert.Equal(isSame ? 1 : 2, receivers.Count);
    }

    [Fact]
    public void Jaeger_gets_spans_where_OTLP_is_left_to_the_hosts_own_SDK()
    {
        using Configured configured = new Configured().File("otel: { jaeger_endpoint: 'http://collector:4318' }").Variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces");

        var receivers = new Receivers(TimeProvider.System, NullLogger<Receivers>.Instance).Of(configured.Options.Otel, besideHosts: true);

        Assert.StartsWith("Jaeger", Assert.Single(receivers).Name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_may_be_that_of_a_collector(string name)
    {
        Assert.Empty(OptionsRules.Check(options => Set(options, name, "https://collector.example.com:4317")));
        Assert.Empty(OptionsRules.Check(options => Set(options, name, "http://localhost:4317")));
        Assert.Empty(OptionsRules.Check(options => Set(options, name, "http://collector:4317")));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Plain_http_to_a_public_host_is_a_warning_since_the_variable_may_be_meant_for_another_SDK(string name)
    {
        void Configure(McpMonitoringOptions options) => Set(options, name, "http://otel-collector.monitoring:4317");

        Assert.Empty(OptionsRules.Check(Configure));
        Assert.Contains("is plain http to a public host", Assert.Single(OptionsRules.Warnings(Configure)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_that_is_none_is_a_fault(string name)
    {
        Expect(name, "localhost:4317", "is not an URL: \"localhost:4317\"");
        Expect(name, "user:hunter2@collector:4317", "is not an URL");
        Expect(name, "", "is not set");
        Expect(name, "https://your-collector:4317", "is a placeholder: \"https://your-collector:4317\"");
        Expect(name, "grpc://collector:4317", "begins with grpc instead of https: \"grpc://collector:4317\"");
        Expect(name, "http://169.254.169.254/v1/traces", "is a link-local address, to which nothing is sent: \"http://169.254.169.254/v1/traces\"");
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_with_a_user_in_it_is_a_fault_because_it_is_printed_and_the_user_never_sent(string name)
    {
        const string Address = "https://user:hunter2@collector.example.com:4317";

        Expect(name, Address, "holds a user name");

        Assert.DoesNotContain("hunter2", Assert.Single(OptionsRules.Check(options => Set(options, name, Address))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Plain_http_is_a_warning(string name)
    {
        string warning = Assert.Single(OptionsRules.Warnings(options => Set(options, name, "http://collector:4317")));

        Assert.StartsWith($"McpMonitoring:Otel:{name} is plain http: \"http://collector:4317\". ", warning, StringComparison.Ordinal);
        Assert.Empty(OptionsRules.Warnings(options => Set(options, name, "https://collector:4317")));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, true)]
    public void Address_is_needed_once_the_section_is_on(bool? enabled, bool valid)
    {
        OptionsRules.Expect("Otel:OtlpEndpoint", "is not set", valid, options => options.Otel.Enabled = enabled);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Any_address_is_enough_for_a_section_that_is_on(string name)
    {
        Assert.Empty(OptionsRules.Check(options =>
        {
            options.Otel.Enabled = true;
            Set(options, name, "https://collector.example.com");
        }));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Https_without_a_host_is_a_fault(string name)
    {
        Expect(name, "https://", "is not an URL: \"https://\"");
        Expect(name, "https:///v1/traces", "is not an URL: \"https:///v1/traces\"");
        Expect(name, "https://:4317", "is not an URL: \"https://:4317\"");
    }

    [Theory]
    [InlineData("grpc", true)]
    [InlineData("http/protobuf", true)]
    [InlineData("http/json", false)]
    [InlineData("GRPC", false)]
    [InlineData("", false)]
    public void Protocol_is_one_of_two(string protocol, bool valid)
    {
        OptionsRules.Judge("Otel:OtlpProtocol", $"\"{protocol}\"", valid, options =>
        {
            options.Otel.OtlpEndpoint = "https://collector:4317";
            options.Otel.OtlpProtocol = protocol;
        });
    }

    [Theory]
    [InlineData("authorization=Bearer%20abc", null)]
    [InlineData("a=b,c=d=e, f = g ", null)]
    [InlineData("a=", null)]
    [InlineData("", "names no header")]
    [InlineData(",", "names no header")]
    [InlineData("hunter2", "is no list of headers: number 1 has no =")]
    [InlineData("a=b,hunter2", "is no list of headers: number 2 has no =")]
    [InlineData("=hunter2", "is no list of headers: number 1 has no name that a header may have")]
    [InlineData("a b=hunter2", "is no list of headers: number 1 has no name that a header may have")]
    [InlineData("a=hunter2%0d%0ahost:evil", "is no list of headers: number 1 has a value that no header may have")]
    [InlineData("authorization=your-token", "is no list of headers: number 1 is a placeholder")]
    public void Headers_are_pairs_and_a_fault_does_not_show_them(string headers, string? problem)
    {
        void Configure(McpMonitoringOptions options) => options.Otel.OtlpHeaders = headers;

        OptionsRules.Expect("Otel:OtlpHeaders", problem ?? "", valid: problem is null, Configure);
        Assert.DoesNotContain("hunter2", string.Concat(OptionsRules.Check(Configure)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:4317/v1/traces", null, "It goes to http://localhost:4317/ without")]
    [InlineData("https://collector.example.com/otlp", "grpc", "It goes to https://collector.example.com/ without")]
    [InlineData("http://localhost:4317/v1/traces", "http/protobuf", null)]
    [InlineData("http://localhost:4318/v1/traces", null, null)]
    [InlineData("http://localhost:4317/", null, null)]
    [InlineData("http://localhost:4318", null, null)]
    public void Path_that_gRPC_has_no_use_for_is_one_warning(string address, string? protocol, string? expected)
    {
        string[] warnings = OptionsRules.Warnings(options =>
        {
            options.Otel.OtlpEndpoint = address;
            options.Otel.OtlpProtocol = protocol;
        });

        Assert.Equal(expected is null ? 0 : 1, warnings.Length);
        Assert.All(warnings, warning => Assert.Contains(expected!, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Variable_for_traces_without_a_path_is_a_warning_since_it_is_used_as_it_is()
    {
        using Configured exact = new Configured().Variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4318");

        Assert.Empty(exact.Faults());
        Assert.Equal("http://localhost:4318/", OtlpAddress.OfTraces(exact.Options.Otel).Endpoint.ToString());
    }

    [Fact]
    public void Old_address_of_Jaeger_is_mapped_with_one_warning()
    {
        string warning = Assert.Single(OptionsRules.Warnings(options => options.Otel.JaegerEndpoint = "http://localhost:14268/api/traces"));

        Assert.Equal("McpMonitoring:Otel:JaegerEndpoint is the address of Jaeger's old Thrift receiver. Spans go by OTLP to http://localhost:4318/v1/traces instead; write that address.", warning);
    }

    [Theory]
    [InlineData(null, null, "OtlpEndpoint is not set")]
    [InlineData("http://localhost:4318", null, null)]
    [InlineData("http://localhost:4317", null, null)]
    [InlineData(null, "http://localhost:9090/api/v1/otlp/v1/metrics", null)]
    public void Metrics_need_a_place_to_go_to(string? traces, string? metrics, string? fault)
    {
        string[] faults = OptionsRules.Check(options =>
        {
            options.Otel.Metrics = true;
            options.Otel.OtlpEndpoint = traces;
            options.Otel.OtlpMetricsEndpoint = metrics;
        });

        Assert.Equal(fault is null ? 0 : 1, faults.Length);
        Assert.All(faults, found => Assert.Contains(fault!, found, StringComparison.Ordinal));
    }

    [Fact]
    public void Source_that_would_double_every_span_is_a_fault()
    {
        OptionsRules.Judge("Otel:Sources:0", "\"\"", valid: false, options => options.Otel.Sources = [""]);
        OptionsRules.Judge("Otel:Sources:1", "\"Experimental.ModelContextProtocol\"", valid: false, options => options.Otel.Sources = ["Shop.*", "Experimental.ModelContextProtocol"]);
        OptionsRules.Judge("Otel:Sources", "\"101 names\"", valid: false, options => options.Otel.Sources = [.. Enumerable.Repeat("a", 101)]);
    }

    [Theory]
    [InlineData("http_parent", TraceParentMode.HttpParent)]
    [InlineData("HttpParent", TraceParentMode.HttpParent)]
    [InlineData("httpParent", TraceParentMode.HttpParent)]
    [InlineData("semantic_conventions", TraceParentMode.SemanticConventions)]
    public void Parent_mode_is_a_word(string word, TraceParentMode mode)
    {
        Assert.Equal(mode, Configured.Load($"otel: {{ trace_parent_mode: {word} }}").Otel.TraceParentMode);
    }

    [Fact]
    public void Parent_mode_that_is_none_names_those_there_are()
    {
        Assert.Equal(
            "monitoring.yaml:1:9 otel.trace_parent_mode is \"client\". Write semantic_conventions or http_parent.",
            Assert.Single(Configured.Faults("otel: { trace_parent_mode: client }")));
    }

    [Fact]
    public void Section_that_is_off_need_not_be_right()
    {
        Assert.Empty(OptionsRules.Check(options =>
        {
            options.Otel.Enabled = false;
            options.Otel.TracesSampleRate = 2;
            options.Otel.OtlpEndpoint = "nowhere";
        }));
    }

    private static void Expect(string name, string address, string problem) =>
        OptionsRules.Expect($"Otel:{name}", problem, valid: false, options => Set(options, name, address));

    private static void Set(McpMonitoringOptions options, string name, string address)
    {
        switch (name)
        {
            case nameof(OtelOptions.OtlpEndpoint):
                options.Otel.OtlpEndpoint = address;
                break;
            case nameof(OtelOptions.JaegerEndpoint):
                options.Otel.JaegerEndpoint = address;
                break;
            default:
                options.Otel.ZipkinEndpoint = address;
                break;
        }
    }
}
