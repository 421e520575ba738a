using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Hosting;

public sealed class ManagementListenerTests : IDisposable
{
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(10);

    private readonly RecordedLogs _logs = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_and_health_are_on_the_port_and_metrics_not_on_that_of_the_application()
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port);
        await app.StartAsync(Cancellation);
        string own = Assert.Single(app.Urls);

        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/metrics"));
        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/health"));
        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/health/ready"));
        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/health/live"));
        Assert.Equal(404, await StatusAsync($"http://127.0.0.1:{port}/own"));
        Assert.Equal(404, await StatusAsync($"{own}/metrics"));
        Assert.Equal(200, await StatusAsync($"{own}/health"));
        Assert.Equal(200, await StatusAsync($"{own}/own"));
    }

    [Fact]
    public async Task Port_without_metrics_serves_health_alone()
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port, options => options.Prometheus.Enabled = false);
        await app.StartAsync(Cancellation);

        Assert.Equal(404, await StatusAsync($"http://127.0.0.1:{port}/metrics"));
        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/health"));
    }

    [Fact]
    public async Task Port_without_an_address_is_on_all_addresses()
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port, options => options.Prometheus.BindAddress = null);
        await app.StartAsync(Cancellation);

        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/metrics"));
        Assert.Contains(_logs.Of("ManagementListenerStarted"), entry => entry.Message.Contains($"[::]:{port}", StringComparison.Ordinal)
            || entry.Message.Contains($"0.0.0.0:{port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Port_shows_the_numbers_and_the_checks_of_the_application()
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port, services: services => services.AddHealthChecks()
            .AddCheck("db", () => Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy()));
        await app.StartAsync(Cancellation);

        using (OperationScope scope = app.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Function, "import_prices"))
        {
            scope.End(OperationOutcome.Success);
        }

        Assert.Contains("\"import_prices\"", await _client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(503, await StatusAsync($"http://127.0.0.1:{port}/health"));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Nothing_that_the_host_puts_around_its_endpoints_reaches_the_port(string path)
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port, services: services => services.AddSingleton<IStartupFilter>(new Refusing()));
        await app.StartAsync(Cancellation);

        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}{path}"));
        Assert.Equal(429, await StatusAsync($"{app.Urls.Single()}/own"));
    }

    [Fact]
    public async Task Port_in_use_stops_the_start_of_a_web_server_and_names_the_setting()
    {
        using TcpListener taken = FreePort.Take(out int port);
        await using WebApplication app = Web(port);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.StartsWith($"McpMonitoring:Prometheus:Port is {port}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Free the port or set another.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_of_another_machine_stops_the_start_and_names_the_setting()
    {
        await using WebApplication app = Web(FreePort.Find(), options => options.Prometheus.BindAddress = "203.0.113.1");

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.Contains("BindAddress is 203.0.113.1, and it cannot be listened on: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Set McpMonitoring:Prometheus:BindAddress to an address of this machine, or leave it out.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_a_warning_where_there_is_no_web_server()
    {
        using TcpListener taken = FreePort.Take(out int port);
        using IHost host = Plain(port);

        await host.StartAsync(Cancellation);

        LogEntry warning = Assert.Single(_logs.Of("ManagementPortTaken"));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.StartsWith($"McpMonitoring:Prometheus:Port is {port}", warning.Message, StringComparison.Ordinal);
        Assert.EndsWith(" This server goes on without /metrics. Free the port or set another.", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", warning.Message, StringComparison.Ordinal);
        Assert.Equal([warning], _logs.Entries.Where(entry => entry.Level >= LogLevel.Warning));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Host_without_a_web_server_serves_its_metrics()
    {
        int port = FreePort.Find();
        using IHost host = Plain(port);

        await host.StartAsync(Cancellation);

        Assert.Equal(200, await StatusAsync($"http://127.0.0.1:{port}/metrics"));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_open_connections_and_frees_the_port()
    {
        int port = FreePort.Find();
        await using WebApplication app = Web(port, services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestStop));
        await app.StartAsync(Cancellation);
        using var half = new TcpClient();
        await half.ConnectAsync(Loopback, port, Cancellation);
        await half.GetStream().WriteAsync("GET /metrics HTTP/1.1\r\nHost: a\r\n"u8.ToArray(), Cancellation);
        await StatusAsync($"http://127.0.0.1:{port}/metrics");

        // Whoever waits for the connection waits as long as the host may take to stop.
        await app.StopAsync(Cancellation).WaitAsync(LongestStop / 10, Cancellation);

        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync($"http://127.0.0.1:{port}/metrics"));
    }

    [Fact]
    public async Task Listener_does_not_announce_itself_as_an_application()
    {
        await using WebApplication app = Web(FreePort.Find());

        await app.StartAsync(Cancellation);

        Assert.Single(_logs.Entries, entry => entry.Message.StartsWith("Application started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Port_is_still_served_while_the_application_drains()
    {
        int port = FreePort.Find();
        int status = 0;
        await using WebApplication app = Web(port);
        app.Lifetime.ApplicationStopping.Register(() => status = StatusAsync($"http://127.0.0.1:{port}/metrics").GetAwaiter().GetResult());
        await app.StartAsync(Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Equal(200, status);
    }

    public void Dispose()
    {
        _client.Dispose();
        _logs.Dispose();
    }

    private WebApplication Web(int port, Action<McpMonitoringOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(_logs);
        builder.Services.AddRouting();
        services?.Invoke(builder.Services);
        builder.Services.AddMcpMonitoring(options => Local(options, port)).AddMcpMonitoring(configure);
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        app.MapGet("/own", () => "");
        return app;
    }

    private IHost Plain(int port)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(_logs);
        builder.Services.AddMcpMonitoring(options => Local(options, port));
        return builder.Build();
    }

    private static void Local(McpMonitoringOptions options, int port)
    {
        options.Prometheus.Port = port;
        options.Prometheus.BindAddress = Loopback;
    }

    private async Task<int> StatusAsync(string url)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(url), Cancellation);
        return (int)response.StatusCode;
    }

    private sealed class Refusing : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Run(http =>
            {
                http.Response.StatusCode = 429;
                return Task.CompletedTask;
            });
            next(app);
        };
    }
}
