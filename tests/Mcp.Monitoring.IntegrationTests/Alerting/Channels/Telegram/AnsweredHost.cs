using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>A host whose alerts go to Telegram, and that one user may answer.</summary>
internal sealed class AnsweredHost : IDisposable
{
    public const long User = 777;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IHost _host;

    public AnsweredHost(Action<BotServer>? before = null, Action<McpMonitoringOptions>? configure = null)
    {
        before?.Invoke(Server);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(Logs);
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.ServiceName = "orders-mcp";
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.TimeZone = "Europe/Moscow";
            options.Alerts.Grouping.Wait = options.Alerts.Grouping.CriticalWait = TimeSpan.Zero;
            options.Alerts.Channels.Telegram.BotToken = BotServer.Token;
            options.Alerts.Channels.Telegram.ChatId = "-1001234";
            options.Alerts.Channels.Telegram.BaseUrl = Server.Url;
            options.Alerts.Channels.Telegram.AllowedUsers = ["777"];
            configure?.Invoke(options);
        });
        _host = builder.Build();
        _host.Start();
    }

    public BotServer Server { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public IAlertManager Alerts => _host.Services.GetRequiredService<IAlertManager>();

    public IMcpMonitor Monitor => _host.Services.GetRequiredService<IMcpMonitor>();

    /// <summary>Has something fail, and waits for its message.</summary>
    public async Task<BotCall> FailAsync()
    {
        await Alerts.RaiseErrorAsync(ErrorType.Integration, "get_order");
        return Server.Wait("sendMessage");
    }

    public Incident WaitFor(IncidentState state)
    {
        Assert.True(SpinWait.SpinUntil(() => Alerts.ListIncidents(state: state).Count > 0, Patience), $"No incident became {state}.");
        return Assert.Single(Alerts.ListIncidents(state: state));
    }

    public LogEntry WaitForLog(string name)
    {
        Assert.True(SpinWait.SpinUntil(() => Logs.Of(name).Any(), Patience), $"{name} was not logged.");
        return Logs.Of(name).First();
    }

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        Server.Dispose();
    }
}
