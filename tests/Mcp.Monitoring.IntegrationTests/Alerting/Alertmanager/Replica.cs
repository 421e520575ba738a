using Mcp.Monitoring.Alerting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>One of several processes of a service whose alerts go to Alertmanager.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Replica(WebApplication app) => _app = app;

    public IAlertManager Alerts => _app.Services.GetRequiredService<IAlertManager>();

    public static async Task<Replica> StartAsync(string instance, IEnumerable<AlertmanagerServer> members, Action<AlertOptions>? configure = null, params IAlertChannel[] channels)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.ServiceName = "orders-mcp";
            options.Alerts.Mode = AlertMode.Forward;
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Alertmanager.Urls = [.. members.Select(member => member.Address.ToString())];
            options.Alerts.Alertmanager.Instance = instance;
            configure?.Invoke(options.Alerts);
        });
        foreach (IAlertChannel channel in channels)
        {
            builder.Services.AddSingleton(channel);
        }

        WebApplication app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Replica(app);
    }

    public ValueTask FireAsync(string name) => Alerts.RaiseAsync(new CustomAlert { Name = name, Severity = AlertSeverity.Critical, Summary = "It is down", Facts = ["Since now."] });

    public async Task ResolveAsync(string name)
    {
        Alert alert = Assert.Single(Alerts.List(state: AlertState.Firing), alert => alert.Name == name);
        Assert.True(await Alerts.ResolveAsync(alert.Id, "anna"));
    }

    /// <summary>Asks the health check of alerting.</summary>
    public async Task<string?> HealthAsync()
    {
        HealthReport report = await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "alerting", TestContext.Current.CancellationToken);
        return report.Entries["alerting"].Description;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
