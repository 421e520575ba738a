using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

public class LayerOrderTests
{
    [Fact]
    public void Each_source_goes_over_those_before_it()
    {
        using Configured configured = new Configured()
            .File("prometheus: { port: 1001, service_name: file, metrics_prefix: file, series_cap: 1 }\nsentry: { environment: file }")
            .Configuration(("Prometheus:Port", "1002"), ("Prometheus:ServiceName", "host"), ("Prometheus:MetricsPrefix", "host"), ("Sentry:Environment", "host"))
            .Variable("PROMETHEUS_PORT", "1003")
            .Variable("SENTRY_ENVIRONMENT", "variable")
            .Code(options => options.Prometheus.Port = 1004);

        McpMonitoringOptions options = configured.Options;

        Assert.Equal(1004, options.Prometheus.Port);
        Assert.Equal("variable", options.Sentry.Environment);
        Assert.Equal("host", options.Prometheus.ServiceName);
        Assert.Equal("host", options.Prometheus.MetricsPrefix);
        Assert.Equal(1, options.Prometheus.SeriesCap);
        Assert.True(options.Prometheus.ServiceLabel);
    }

    [Fact]
    public void List_replaces_a_list_as_a_whole()
    {
        using Configured configured = new Configured().File("clients: { names: [one, two, three] }").Configuration(("Clients:Names:0", "four"));

        Assert.Equal(["four"], configured.Options.Clients.Names);
    }

    [Fact]
    public void List_of_a_later_source_of_the_host_is_not_merged_into_that_of_an_earlier_one()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("McpMonitoring:Clients:Names:0", "one"), new("McpMonitoring:Clients:Names:1", "two")])
            .AddInMemoryCollection([new("McpMonitoring:Clients:Names:0", "three")])
            .Build();
        using Configured configured = new Configured().Configuration(configuration);

        Assert.Equal(["three"], configured.Options.Clients.Names);
    }

    [Fact]
    public void List_on_one_line_of_a_later_source_replaces_the_list_of_an_earlier_one()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("McpMonitoring:Clients:Names:0", "one"), new("McpMonitoring:Clients:Names:1", "two")])
            .AddInMemoryCollection([new("McpMonitoring:Clients:Names", "three, four")])
            .Build();
        using Configured configured = new Configured().Configuration(configuration);

        Assert.Equal(["three", "four"], configured.Options.Clients.Names);
    }

    [Fact]
    public void Null_leaves_what_is_the_default()
    {
        McpMonitoringOptions options = Configured.Load("prometheus: { metrics_prefix: null, port: ~, service_name: }\nsentry:\n");

        Assert.Equal("mcp", options.Prometheus.MetricsPrefix);
        Assert.Null(options.Prometheus.Port);
        Assert.Null(options.Prometheus.ServiceName);
    }

    [Fact]
    public void Empty_text_leaves_a_number_and_a_switch_as_they_are()
    {
        using Configured configured = new Configured().Configuration(("Prometheus:Port", ""), ("Prometheus:Enabled", ""), ("Thresholds:AbandonedAfter", ""));

        Assert.Empty(configured.Faults());
        Assert.Null(configured.Options.Prometheus.Port);
        Assert.True(configured.Options.Prometheus.Enabled);
    }

    [Fact]
    public void What_is_wrong_in_a_source_that_another_replaces_is_no_fault()
    {
        using Configured configured = new Configured().File("prometheus: { port: none }").Variable("PROMETHEUS_PORT", "9464");

        Assert.Empty(configured.Faults());
    }

    [Fact]
    public void Value_that_code_replaced_is_not_blamed_on_the_file()
    {
        using Configured configured = new Configured().File("prometheus: { port: 9464 }").Code(options => options.Prometheus.Port = 0);

        Assert.StartsWith("McpMonitoring:Prometheus:Port is 0.", Assert.Single(configured.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Section_that_is_handed_over_takes_the_place_of_the_usual_one()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("McpMonitoring:Environment", "usual"), new("Other:Environment", "other"), new("Other:Prometheus:Port", "0")])
            .Build();
        using Configured configured = new Configured().Configuration(configuration).With(services => services.AddMcpMonitoring(configuration.GetSection("Other")));

        Assert.StartsWith("Other:Prometheus:Port is 0.", Assert.Single(configured.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_configuration_stands_for_its_section()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("McpMonitoring:Environment", "usual"), new("Logging:LogLevel:Default", "Debug")])
            .Build();
        using Configured configured = new Configured().With(services => services.AddMcpMonitoring(configuration));

        Assert.Equal("usual", configured.Options.Environment);
    }

    [Fact]
    public void Fault_of_the_configuration_names_who_gave_the_value()
    {
        using var folder = new Configured();
        folder.Write("""{ "McpMonitoring": { "Prometheus": { "SeriesCap": 0, "Enabled": true } } }""", "appsettings.json");
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .SetBasePath(folder.Folder)
            .AddJsonFile("appsettings.json")
            .AddCommandLine(["--McpMonitoring:Thresholds:ActiveRequests=0"])
            .Build();
        using Configured configured = new Configured().Configuration(configuration);

        Assert.Equal(
            ["McpMonitoring:Prometheus:SeriesCap (appsettings.json) is 0", "McpMonitoring:Thresholds:ActiveRequests (command line) is 0"],
            configured.Faults().Select(fault => fault[..fault.IndexOf(". ", StringComparison.Ordinal)]).ToArray());
    }

    [Fact]
    public void Same_file_twice_is_the_same_as_once()
    {
        using Configured configured = new Configured().File("prometheus: { prot: 1 }").File("prometheus: { prot: 1 }");

        Assert.Single(configured.Faults());
    }

    [Fact]
    public void Rules_of_the_host_are_asked_as_well()
    {
        using Configured configured = new Configured().File("prometheus: { series_cap: 0 }")
            .With(services => services.AddOptions<McpMonitoringOptions>().Validate(options => options.Environment is not null, "Name the environment."));

        Assert.Equal(["Name the environment."], configured.Faults()[1..]);
    }

    [Fact]
    public void Options_are_the_same_however_they_are_asked_for()
    {
        using Configured configured = new Configured().File("environment: test");

        string expected = configured.Options.Export();
        Assert.Equal(expected, configured.Provider.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().CurrentValue.Export());
        Assert.Equal(expected, configured.Provider.GetRequiredService<IOptionsFactory<McpMonitoringOptions>>().Create("other").Export());
        using IServiceScope scope = configured.Provider.CreateScope();
        Assert.Equal(expected, scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<McpMonitoringOptions>>().Value.Export());
    }

    [Theory]
    [InlineData("monitoring.toml")]
    [InlineData("monitoring")]
    [InlineData("yaml")]
    public void File_of_another_kind_is_an_argument_error(string path)
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddMcpMonitoring(path));
    }
}
