using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Dependencies;

/// <summary>A host with monitoring, a tool whose work the test says, and its page.</summary>
internal sealed class MonitoredApp : IAsyncDisposable
{
    public const string Tool = "get_order";

    private readonly WebApplication _app;

    private MonitoredApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IMcpDependencies Dependencies => Services.GetRequiredService<IMcpDependencies>();

    public static async Task<MonitoredApp> StartAsync(Action<IServiceCollection>? add = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMcpMonitoring();
        add?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMcpMonitoring();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new MonitoredApp(app);
    }

    /// <summary>Runs the tool.</summary>
    /// <param name="work">What it does.</param>
    /// <param name="caller">Who may take the call back.</param>
    /// <returns>What it threw.</returns>
    public async Task<Exception?> CallAsync(Func<CancellationToken, Task> work, CancellationTokenSource? caller = null) => await Record.ExceptionAsync(
        () => Services.GetRequiredService<IMcpMonitor>().RunAsync(OperationType.Tools, Tool, token => new ValueTask(work(token)), caller?.Token ?? CancellationToken.None).AsTask());

    public async Task<MetricsPage> PageAsync()
    {
        using var client = new HttpClient();
        return MetricsPage.Parse(await client.GetStringAsync(new Uri(_app.Urls.First() + "/metrics"), TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
