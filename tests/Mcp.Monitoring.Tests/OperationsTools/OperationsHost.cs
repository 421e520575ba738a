using System.ComponentModel;
using System.Net.Http.Headers;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.OperationsTools.Serving;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tests.Alerting.Channels.Telegram;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Client;
using ModelContextProtocol.Server;
#pragma warning disable MCP9004, MCP9006 // Sessions are kept for older clients, and so is what is said here of them.

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>An application with an MCP server of its own at <c>/mcp</c>, and the operations at <c>/monitoring/mcp</c>, on a port of this machine.</summary>
internal sealed class OperationsHost : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests";

    private readonly WebApplication _app;

    private OperationsHost(WebApplication app, FakeViews views, AskedManager alerts)
    {
        _app = app;
        Views = views;
        Alerts = alerts;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public FakeViews Views { get; }

    public AskedManager Alerts { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<OperationsHost> StartAsync(
        HttpServerSessionMode mode = HttpServerSessionMode.Stateless,
        Action<McpMonitoringOptions>? configure = null,
        Action<McpServerOptions, IServiceProvider>? server = null,
        bool hasAccessor = true,
        bool hasPolicy = false,
        Action<IServiceCollection>? services = null)
    {
        var views = new FakeViews();
        var alerts = new AskedManager();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "weather", EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddMcpServer().WithHttpTransport(options => options.SessionMode = mode);
        builder.Services.AddOptions<McpServerOptions>().Configure<IServiceProvider>((options, services) =>
        {
            options.ToolCollection = [McpServerTool.Create([Description("Own.")] () => "done", new() { Name = "own_tool" })];
            server?.Invoke(options, services);
        });
        if (hasAccessor)
        {
            builder.Services.AddHttpContextAccessor();
        }

        if (hasPolicy)
        {
            Somebody.AddTo(builder.Services);
        }

        services?.Invoke(builder.Services);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.Prometheus.DefaultMeters = false;
            options.Prometheus.ServiceLabel = false;
            options.OperationsTools.Enabled = true;
            options.StatusPage.Enabled = true;
            options.StatusPage.Token = Token;
            configure?.Invoke(options);
        });
        builder.Services.AddSingleton<IStatusViews>(views);
        builder.Services.AddSingleton<IAlertManager>(alerts);
        WebApplication app = builder.Build();
        app.MapMcp("/mcp");
        IEndpointConventionBuilder page = app.MapMcpMonitoring().StatusPage;
        if (hasPolicy)
        {
            page.RequireAuthorization(Somebody.Policy);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new OperationsHost(app, views, alerts);
    }

    public Task<McpClient> ConnectAsync(string revision, string path = OperationsServer.Route, string? token = Token)
    {
        var transport = new HttpClientTransport(
            new()
            {
                Endpoint = new Uri(Address, path),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = token is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {token}" },
            },
            Http);
        return McpClient.CreateAsync(
            transport,
            new() { ProtocolVersion = revision, ClientInfo = new() { Name = "test", Version = "1" }, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Sends one message by hand.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string path = OperationsServer.Route, string? token = Token, Action<HttpRequestHeaders>? headers = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        headers?.Invoke(request.Headers);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Gets what the application's numbers hold of MCP and HTTP, but for zeros.</summary>
    public IReadOnlyList<string> Counted() =>
    [
        .. from line in MonitoredHost.Lines(Services)
           where line.StartsWith("mcp_operations_total", StringComparison.Ordinal) || line.StartsWith("mcp_http_request", StringComparison.Ordinal)
               || line.StartsWith("mcp_sessions", StringComparison.Ordinal) || line.StartsWith("mcp_requests_by_client", StringComparison.Ordinal) || line.StartsWith("mcp_monitoring_errors", StringComparison.Ordinal)
           where !line.EndsWith(" 0", StringComparison.Ordinal)
           select line,
    ];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
