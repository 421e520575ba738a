using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>A whole host whose file of alerts another process has, or takes away.</summary>
public sealed class HeldFileTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly KilledServer _server = new("one", "two");
    private readonly Phone _phone = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Host_that_starts_while_another_process_has_the_file_judges_at_once_and_tells_when_that_has_ended()
    {
        await using ChildProcess other = _server.Start("hold");
        Assert.Equal("open", await other.ReadLineAsync());
        await using (WebApplication app = await StartAsync())
        {
            IAlertManager alerts = app.Services.GetRequiredService<IAlertManager>();
            await alerts.RaiseErrorAsync(ErrorType.Auth, "login");

            Until(() => alerts.List(state: AlertState.Firing).Count == 1);
            Assert.Contains("mcp_alerts{", await GetAsync(app, "metrics"), StringComparison.Ordinal);
            Assert.Contains("healthy", await GetAsync(app, "health"), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("degraded", await GetAsync(app, "health"), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(_phone.Received);

            await other.Input.WriteLineAsync("end");
            await other.ExitAsync();
            Until(() => _phone.Received.Count == 1 && alerts.ListIncidents().Count == 1);
            Assert.True(await alerts.AcknowledgeAsync(Assert.Single(alerts.ListIncidents()).Number, "me"));
        }

        Assert.Equal("ok", _server.CheckIntegrity());
        await using WebApplication next = await StartAsync();
        IAlertManager remembered = next.Services.GetRequiredService<IAlertManager>();
        Assert.Equal(IncidentState.Acknowledged, Assert.Single(remembered.ListIncidents()).State);
        Assert.Single(_phone.Received);
    }

    [Fact]
    public async Task File_that_is_deleted_under_a_running_host_is_there_again_and_the_next_start_knows_everything()
    {
        await using (WebApplication app = await StartAsync())
        {
            IAlertManager alerts = app.Services.GetRequiredService<IAlertManager>();
            await alerts.RaiseErrorAsync(ErrorType.Auth, "login");
            Until(() => _phone.Received.Count == 1 && alerts.ListIncidents().Count == 1);
            Assert.True(await alerts.AcknowledgeAsync(Assert.Single(alerts.ListIncidents()).Number, "me"));

            Array.ForEach(Directory.GetFiles(_server.Folder, "alerts.db*"), File.Delete);
            Until(() => File.Exists(_server.File));
            Assert.Contains("degraded", await GetAsync(app, "health"), StringComparison.OrdinalIgnoreCase);
        }

        await using WebApplication next = await StartAsync();
        IAlertManager remembered = next.Services.GetRequiredService<IAlertManager>();
        Assert.Equal(IncidentState.Acknowledged, Assert.Single(remembered.ListIncidents()).State);
        Assert.Contains(remembered.List(state: AlertState.Firing), alert => alert.Labels.Values.Contains("login", StringComparer.Ordinal));
        Assert.Single(_phone.Received);
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Longest));

    private async Task<WebApplication> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IAlertChannel>(_phone);
        builder.Services.AddMcpMonitoring(options => options.Alerts.Storage.Path = _server.File);
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private Task<string> GetAsync(WebApplication app, string path) => _http.GetStringAsync(new Uri(new Uri(app.Urls.Single()), path), TestContext.Current.CancellationToken);

    private sealed class Phone : IAlertChannel
    {
        public string Name => "phone";

        public ConcurrentQueue<AlertNotification> Received { get; } = new();

        public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
        {
            Received.Enqueue(notification);
            return DeliveryResult.Delivered();
        }
    }
}
