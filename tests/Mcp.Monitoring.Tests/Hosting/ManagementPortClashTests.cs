using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>A management port that is the application's own, however that was said.</summary>
public sealed class ManagementPortClashTests : IDisposable
{
    private static readonly Dictionary<string, Action<WebApplicationBuilder, int>> Ways = new(StringComparer.Ordinal)
    {
        ["urls"] = (builder, port) => builder.WebHost.UseUrls($"http://127.0.0.1:{port}"),
        ["urls of any address"] = (builder, port) => builder.WebHost.UseUrls($"http://*:{port}"),
        ["urls of localhost"] = (builder, port) => builder.WebHost.UseUrls($"http://localhost:{port}/"),
        ["the second of urls"] = (builder, port) => builder.WebHost.UseUrls($"http://127.0.0.1:0;http://0.0.0.0:{port}"),
        ["http_ports"] = (builder, port) => builder.WebHost.UseSetting(WebHostDefaults.HttpPortsKey, $"{port}"),
        ["Kestrel:Endpoints"] = (builder, port) =>
        {
            builder.Configuration.AddInMemoryCollection([new("Kestrel:Endpoints:Main:Url", $"http://127.0.0.1:{port}")]);
            builder.WebHost.UseKestrel((context, kestrel) => kestrel.Configure(context.Configuration.GetSection("Kestrel")));
        },
        ["ListenAnyIP"] = (builder, port) => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(port)),
        ["ListenLocalhost"] = (builder, port) => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port)),
    };

    private readonly RecordedLogs _logs = new();

    public static TheoryData<string> AllWays => [.. Ways.Keys];

    public static MatrixTheoryData<string, string?> AllWaysAndAddresses => new(Ways.Keys, [null, "127.0.0.1"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(AllWaysAndAddresses))]
    public async Task Port_of_the_application_is_named_with_what_to_do(string way, string? address)
    {
        int port = FreePort.Find();
        await using WebApplication app = Build(port, way, options => options.Prometheus.BindAddress = address);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.StartsWith($"McpMonitoring:Prometheus:Port is {port}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(", where the application itself listens (http://", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Set another port, or leave it out to have /metrics on the application's own.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_is_named_as_the_user_gave_it()
    {
        int port = FreePort.Find();
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, $$"""{ "prometheus": { "port": {{port}} } }""", Cancellation);
        await using WebApplication app = Build(port, "urls", services: services => services.AddMcpMonitoring(file));

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.StartsWith($"{file}:1:19 prometheus.port is {port}, where the application itself listens", exception.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Other_port_is_served_beside_the_application(string way)
    {
        int port = FreePort.Find();
        int managed = FreePort.Find();
        await using WebApplication app = Build(port, way, options => options.Prometheus.BindAddress = "127.0.0.1", managed);

        await app.StartAsync(Cancellation);

        using var client = new HttpClient();
        Assert.StartsWith("# HELP", await client.GetStringAsync(new Uri($"http://127.0.0.1:{managed}/metrics"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_of_another_process_is_not_said_to_be_the_applications()
    {
        using TcpListener taken = FreePort.Take(out int port);
        await using WebApplication app = Build(FreePort.Find(), "urls", options => options.Prometheus.BindAddress = "127.0.0.1", managed: port);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.EndsWith(" Free the port or set another.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_is_not_said_to_be_ready_before_it_listens()
    {
        int port = FreePort.Find();
        Exception? refused = null;
        using var client = new HttpClient();
        await using WebApplication app = Build(FreePort.Find(), "urls", options => options.Prometheus.BindAddress = "127.0.0.1", managed: port, services: services =>
            services.AddHostedService(_ => new Beginning(async () => refused = await Record.ExceptionAsync(
                () => client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), Cancellation)))));

        await app.StartAsync(Cancellation);

        Assert.IsType<HttpRequestException>(refused);
        Assert.Equal(200, (int)(await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), Cancellation)).StatusCode);
    }

    public void Dispose() => _logs.Dispose();

    private WebApplication Build(
        int port, string way, Action<McpMonitoringOptions>? configure = null, int? managed = null, Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        Ways[way](builder, port);
        builder.Logging.AddProvider(_logs);
        builder.Services.AddRouting();
        services?.Invoke(builder.Services);
        builder.Services.AddMcpMonitoring(configure is null ? null : options => options.Prometheus.Port = managed ?? port).AddMcpMonitoring(configure);
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        return app;
    }

    private sealed class Beginning(Func<Task> begin) : Microsoft.Extensions.Hosting.BackgroundService
    {
        public override Task StartAsync(CancellationToken cancellationToken) => begin();

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
