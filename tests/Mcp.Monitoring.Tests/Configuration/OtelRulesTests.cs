using Mcp.Monitoring.Tracing;

namespace Mcp.Monitoring.Tests.Configuration;

public class OtelRulesTests
{
    public static TheoryData<string> Addresses => [nameof(OtelOptions.OtlpEndpoint), nameof(OtelOptions.JaegerEndpoint), nameof(OtelOptions.ZipkinEndpoint)];

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
