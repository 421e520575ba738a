using System.Globalization;
using System.Text;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
#pragma warning disable MCP9004, MCP9006 // Sessions and the legacy stream are kept for older clients, and monitored for them.

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A real MCP server of the SDK's own HTTP transport on a port of this machine. Time moves only when the test moves it.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpServer(WebApplication app, TransportKind kind, FakeTimeProvider clock)
    {
        _app = app;
        Kind = kind;
        Clock = clock;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public TransportKind Kind { get; }

    public FakeTimeProvider Clock { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public IMcpMonitor Monitor => Services.GetRequiredService<IMcpMonitor>();

    public static async Task<HttpServer> StartAsync(
        TransportKind kind,
        Func<IServiceProvider, McpServerTool[]> tools,
        Action<HttpServerTransportOptions>? transport = null,
        Action<McpServerOptions, IServiceProvider>? server = null,
        Action<McpMonitoringOptions>? configure = null,
        Action<WebApplication>? map = null,
        ILoggerProvider? log = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "weather" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddMcpServer().WithHttpTransport(options =>
        {
            options.SessionMode = kind switch
            {
                TransportKind.Stateless => HttpServerSessionMode.Stateless,
                TransportKind.Hybrid => HttpServerSessionMode.StatefulForInitializeClients,
                _ => HttpServerSessionMode.Stateful,
            };
            options.PerSessionExecutionContext = kind == TransportKind.PerSession;
            options.EnableLegacySse = kind == TransportKind.LegacySse;
            options.TimeProvider = clock;
            transport?.Invoke(options);
        });
        builder.Services.AddOptions<McpServerOptions>().Configure<IServiceProvider>((options, services) =>
        {
            options.ToolCollection = [.. tools(services)];
            server?.Invoke(options, services);
        });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.DefaultMeters = false;
            options.Prometheus.ServiceLabel = false;
            configure?.Invoke(options);
        });
        WebApplication app = builder.Build();
        app.MapMcp("/mcp");
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HttpServer(app, kind, clock);
    }

    /// <summary>Adds up every sample of a name that has all of these labels, whatever others it has.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels)
    {
        MetricsPage page = Services.GetRequiredService<MetricsPage>();
        ExpositionWriter writer = page.Registry.CreateWriter();
        page.Write(writer, ExpositionFormat.Text);
        return ExpositionParser.Parse(Encoding.UTF8.GetString(writer.Written.Span), ExpositionFormat.Text)
            .SelectMany(family => family.Samples)
            .Where(sample => sample.Name == name && labels.All(label => sample.Label(label.Label) == label.Value)
                && sample.Label("operation") != UnhandledExceptions.UnobservedTask)   // of the client in this process, or of whatever test runs beside it
            .Sum(sample => sample.Value);
    }

    /// <summary>Waits until something is so; what happens on the other side of a connection happens a moment later.</summary>
    public static void Until(Func<bool> isSo, string what) => Assert.True(SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(30)), what);

    public void HasSum(double expected, string name, params (string Label, string Value)[] labels)
    {
        SpinWait.SpinUntil(() => Sum(name, labels).Equals(expected), TimeSpan.FromSeconds(10));
        Assert.True(Sum(name, labels).Equals(expected), string.Create(CultureInfo.InvariantCulture, $"{Sum(name, labels)} instead of {expected}:\n{string.Join('\n', MonitoredHost.Lines(Services))}"));
    }

    public HttpPeer Connect() => new(this);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
