using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public class ServiceResourceTests
{
    [Fact]
    public void Service_says_who_it_is()
    {
        Dictionary<string, object> attributes = Attributes(new OtelOptions());

        Assert.Equal("weather", attributes["service.name"]);
        Assert.Equal("Staging", attributes["deployment.environment.name"]);
        Assert.True(Guid.TryParse((string)attributes["service.instance.id"], out _));
        Assert.Equal("opentelemetry", attributes["telemetry.sdk.name"]);
        Assert.True(attributes.ContainsKey("service.version"));
    }

    [Fact]
    public void Instance_is_the_same_for_traces_and_metrics()
    {
        Assert.Equal(Attributes(new OtelOptions())["service.instance.id"], Attributes(new OtelOptions())["service.instance.id"]);
    }

    [Fact]
    public void Name_of_the_settings_goes_over_all_others()
    {
        Assert.Equal("weather-traces", Attributes(new OtelOptions { ServiceName = "weather-traces" })["service.name"]);
    }

    private static Dictionary<string, object> Attributes(OtelOptions options) =>
        ServiceResource.Of(options, new BuildInfo("weather", "Staging")).Build().Attributes.ToDictionary(StringComparer.Ordinal);
}
