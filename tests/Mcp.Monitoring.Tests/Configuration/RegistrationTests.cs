using System.Net.Sockets;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

public class RegistrationTests
{
    [Fact]
    public void Second_call_adds_no_service()
    {
        var once = new ServiceCollection();
        once.AddMcpMonitoring();
        var twice = new ServiceCollection();

        twice.AddMcpMonitoring().AddMcpMonitoring();

        Assert.Equal(once.Count, twice.Count);
    }

    [Fact]
    public void Both_configurations_apply_in_order()
    {
        var services = new ServiceCollection();
        services.AddMcpMonitoring(options =>
        {
            options.Environment = "first";
            options.Prometheus.SeriesCap = 7;
        });
        services.AddMcpMonitoring(options => options.Environment = "second");
        using ServiceProvider provider = services.BuildServiceProvider();

        McpMonitoringOptions options = provider.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;

        Assert.Equal("second", options.Environment);
        Assert.Equal(7, options.Prometheus.SeriesCap);
    }

    [Fact]
    public void Monitor_is_one_for_the_whole_host()
    {
        using var host = new TestHost();

        Assert.Same(host.Monitor, host.Services.GetRequiredService<IMcpMonitor>());
    }

    [Fact]
    public async Task Every_fault_stops_the_start_at_once()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.Port = 70_000;
            options.Prometheus.MetricsPrefix = "";
            options.Thresholds.ResponseTimeThresholdMs = 0;
        });
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(3, exception.Failures.Count());
    }

    [Fact]
    public async Task Fault_stops_the_start_before_the_port_is_opened()
    {
        int port = FreePort.Find();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.Port = port;
            options.Prometheus.BindAddress = "127.0.0.1";
            options.Prometheus.SeriesCap = 0;
        });
        using IHost host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public void Missing_services_are_an_argument_error()
    {
        Assert.Throws<ArgumentNullException>(() => McpMonitoringServiceCollectionExtensions.AddMcpMonitoring(null!));
    }
}
