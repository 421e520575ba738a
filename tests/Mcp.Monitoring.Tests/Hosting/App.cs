using Mcp.Monitoring.Metrics.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>A web application in memory, with monitoring.</summary>
internal sealed class App : IAsyncDisposable
{
    private readonly WebApplication _app;

    private App(WebApplication app, RecordedLogs logs)
    {
        _app = app;
        Logs = logs;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public RecordedLogs Logs { get; }

    public IServiceProvider Services => _app.Services;

    public MetricsRegistry Registry => Services.GetRequiredService<MetricsRegistry>();

    public IMcpMonitor Monitor => Services.GetRequiredService<IMcpMonitor>();

    public static async Task<App> StartAsync(
        Action<McpMonitoringOptions>? configure = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null, string? environment = null)
    {
        var logs = new RecordedLogs();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "weather", EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting();
        services?.Invoke(builder.Services);
        builder.Services.AddMcpMonitoring(configure);
        WebApplication app = builder.Build();
        if (map is null)
        {
            app.MapMcpMonitoring();
        }
        else
        {
            map(app);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new App(app, logs);
    }

    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Logs.Dispose();
    }
}
