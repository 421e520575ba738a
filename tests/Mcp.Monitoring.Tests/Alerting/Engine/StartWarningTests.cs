using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>What the log says of a server on which nothing is wrong: no warning. One about a limit names what to write.</summary>
public sealed class StartWarningTests : IDisposable
{
    private readonly RecordedLogs _logs = new();
    private readonly TestHost _host;
    private readonly McpMonitoringOptions _settings;
    private readonly AlertingRuntime _alerting;

    public StartWarningTests()
    {
        _host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(_logs).AddSingleton<IAlertChannel>(new ScriptedChannel("telegram")));
        _settings = _host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        _alerting = new AlertingRuntime(_host.Services, Setup(_settings.Thresholds), Seams.Inline with { Store = new MemoryStateStore() });
        _alerting.Begin();
    }

    public void Dispose()
    {
        _alerting.Dispose();
        _host.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void Server_with_targets_of_its_own_and_a_channel_is_warned_of_nothing()
    {
        Operation forecast = _host.Operation(OperationType.Tools, "get_forecast");
        forecast.Describe(new OperationTraits(Owner: "weather-team", LatencyTargetMs: 300));
        _host.Operation(OperationType.Tools, "get_weather").Describe(new OperationTraits(LatencyTargetMs: 1_234.5, Availability: 0.99));

        Run(minutes: 20);

        Assert.Empty(_logs.Entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Message));
    }

    [Theory]
    [InlineData(350, 500, "thresholds.response_time_threshold_ms is 350. Set it to an edge of the latency histogram, 5, 10, 20, 50, 100, 200, 500, ", "latency_p95")]
    [InlineData(200, 700, "thresholds.response_time_alert_ms is 700. Set it to an edge of the latency histogram, 5, 10, 20, 50, 100, 200, 500, ", "latency_p99")]
    public void Limit_that_is_reloaded_to_no_edge_is_told_by_its_setting_once_and_again_when_it_comes_back(double target, double alert, string beginning, string objective)
    {
        Run(minutes: 1);
        Reload(target, alert);
        Run(minutes: 5);

        string told = Assert.Single(Told());
        Assert.StartsWith(beginning, told, StringComparison.Ordinal);
        Assert.EndsWith($"or restart to make it one. Until then the objective {objective} is not judged.", told, StringComparison.Ordinal);

        Reload(target: 200, alert: 500);
        Run(minutes: 5);
        Assert.Single(Told());

        Reload(target, alert);
        Run(minutes: 5);
        Assert.Equal(2, Told().Length);
    }

    private string[] Told() => [.. _logs.Of("ObjectiveNotJudged").Select(entry => entry.Message)];

    private void Reload(double target, double alert) => _alerting.Reload(Setup(new ThresholdOptions { ResponseTimeThresholdMs = target, ResponseTimeAlertMs = alert }));

    private AlertSetup Setup(ThresholdOptions thresholds) => new(_settings.Alerts, thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp");

    private void Run(int minutes)
    {
        for (int i = 0; i < minutes * 12; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
            _alerting.Engine.Step();
        }
    }
}
