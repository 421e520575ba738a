using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A server that started without a way to people keeps nothing over a restart; that is said once a reload has switched one on.</summary>
public sealed class LateChannelTests : IDisposable
{
    private readonly RecordedLogs _logs = new();
    private readonly string _root = Directory.CreateTempSubdirectory("late-").FullName;
    private TestHost? _host;
    private AlertingRuntime? _alerting;

    public void Dispose()
    {
        _alerting?.Dispose();
        _host?.Dispose();
        _logs.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Channel_that_a_reload_switches_on_says_that_only_a_restart_keeps_alerts_and_where()
    {
        Start(isStdio: false, path: null);
        Assert.Null(Problem);

        Reload(hasSlack: true, path: null);
        Reload(hasSlack: true, path: null);

        string file = Path.Combine(_root, "App_Data", "mcp-alerts.db");
        Assert.Equal(
            $"nothing is kept over a restart, since nobody was told of alerts elsewhere when the server started. Start it anew, and they are kept in {file}", Problem);
        Assert.StartsWith($"Alerts: {Problem}. ", Assert.Single(_logs.Of("AlertStoreDegraded")).Message, StringComparison.Ordinal);
        Assert.True(_alerting!.Health.HasProblem);
        Assert.False(File.Exists(file));

        Reload(hasSlack: false, path: null);
        Assert.Null(Problem);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, ":memory:")]
    public void Where_memory_is_what_is_wanted_nothing_is_said(bool isStdio, string? path)
    {
        Start(isStdio, path);

        Reload(hasSlack: true, path);

        Assert.Null(Problem);
        Assert.Empty(_logs.Of("AlertStoreDegraded"));
    }

    private string? Problem => _alerting!.Health.StoreProblem;

    private void Start(bool isStdio, string? path)
    {
        _host = new TestHost(add: services =>
        {
            services.AddSingleton<ILoggerProvider>(_logs).AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = _root });
            if (!isStdio)
            {
                services.AddSingleton<IServer>(new NoServer());
            }
        });

        // No call of a channel is made: they would go out.
        _alerting = new AlertingRuntime(_host.Services, Setup(hasSlack: false, path), Seams.Inline with { StartThread = static (_, _) => false });
        _alerting.Begin();
    }

    private void Reload(bool hasSlack, string? path)
    {
        _alerting!.Reload(Setup(hasSlack, path));
        _alerting.Engine.Step();
    }

    private static AlertSetup Setup(bool hasSlack, string? path)
    {
        var options = new McpMonitoringOptions();
        options.Alerts.Storage.Path = path;
        options.Alerts.Channels.Slack.WebhookUrl = hasSlack ? "https://hooks.slack.com/services/T/B/X" : null;
        return new AlertSetup(options.Alerts, options.Thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp");
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
