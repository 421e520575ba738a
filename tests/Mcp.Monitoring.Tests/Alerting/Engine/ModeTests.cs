using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A whole host of each mode: who evaluates what, and who is told.</summary>
public sealed class ModeTests : IDisposable
{
    private readonly RecordedLogs _logs = new();
    private readonly ScriptedChannel _telegram = new("telegram");
    private TestHost? _host;
    private AlertmanagerStandIn? _alertmanager;
    private AlertingRuntime? _alerting;

    public void Dispose()
    {
        _alerting?.Dispose();
        _host?.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void Under_rules_only_the_process_judges_itself_and_nothing_of_its_calls()
    {
        using var night = new Night(begin: 3, "1.4.2", store: null, alerts => alerts.Mode = AlertMode.RulesOnly, "telegram", "slack");

        night.Minutes(30, Night.Evenly(3_000, _ => night.Fail("get_order")));
        Assert.Empty(night.ToldOnce);

        night.PoolQueue = 1_000;
        night.Minutes(5);
        night.PoolQueue = 0;
        Assert.Contains("thread pool starved", Assert.Single(night.ToldOnce), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_rules_only_what_code_raises_is_told()
    {
        Start(alerts => alerts.Mode = AlertMode.RulesOnly);
        await _alerting!.Manager.RaiseAsync(new CustomAlert { Name = "Late", Severity = AlertSeverity.Critical, Summary = "It is late" });
        Run(seconds: 60);

        Assert.Single(_telegram.Delivered);
    }

    [Fact]
    public void Under_rules_only_the_log_says_what_is_evaluated_here_and_what_is_not()
    {
        Start(alerts =>
        {
            alerts.Mode = AlertMode.RulesOnly;
            alerts.Rules.Add(new AlertRuleOptions { Name = "Late", Metric = "orders_total", Function = RuleFunction.Rate, Threshold = 1, Severity = AlertSeverity.High });
        });

        string said = Assert.Single(_logs.Of("OnlySelfChecks")).Message;
        Assert.Contains("Evaluated here: McpThreadPoolStarved, McpCrashLoop, McpChannelDown, McpUncleanStop, McpAlertStoreDegraded, McpAlertInstancesTruncated, McpAlertRuleFailing, which", said, StringComparison.Ordinal);
        Assert.Contains("rules, 1 of your own among them", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_forward_Alertmanager_is_told_and_no_channel()
    {
        Start(Forward);
        Assert.Contains("their alerts go to 2 Alertmanagers as instance pod-7", Assert.Single(_logs.Of("AlertsAreForwarded")).Message, StringComparison.Ordinal);

        await _alerting!.Manager.RaiseAsync(new CustomAlert { Name = "Late", Severity = AlertSeverity.Critical, Summary = "It is late" });
        Run(seconds: 90);

        Assert.Empty(_telegram.Delivered);
        Assert.Equal(2, _alertmanager!.Posts.Where(post => post.Alerts.Any(alert => alert.Labels["alertname"] == "Late")).Select(post => post.Member).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(_host!.Sum("mcp_notifications_total", ("channel", "alertmanager"), ("result", "sent")), 4, 20);
        Assert.Equal(1, _host.Sum("mcp_notification_channel_up", ("channel", "alertmanager")));
        Assert.Equal(["Alertmanager http://a:9093 takes alerts", "Alertmanager http://b:9093 takes alerts"], _alerting.Health.Forwarding!.Sentences);
        Assert.False(_alerting.Health.HasProblem);
    }

    [Fact]
    public void Under_forward_members_that_are_away_are_in_the_metrics_and_in_the_health()
    {
        Start(Forward);
        _alertmanager!.TakeDown("a", "b");
        Run(seconds: 90);

        Assert.Equal(0, _host!.Sum("mcp_notification_channel_up", ("channel", "alertmanager")));
        Assert.InRange(_host.Sum("mcp_notifications_total", ("channel", "alertmanager"), ("result", "failed")), 2, 20);
        Assert.Equal(2, _alerting!.Health.Sentences.Count(problem => problem.StartsWith("Alertmanager http://", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Under_forward_what_is_over_at_the_stop_is_sent_before_it()
    {
        Start(Forward);
        await _alerting!.Manager.RaiseAsync(new CustomAlert { Name = "Late", Severity = AlertSeverity.Critical, Summary = "It is late" });
        Run(seconds: 10);
        Task<bool> resolved = _alerting.Manager.ResolveAsync(Assert.Single(_alerting.Manager.List(state: AlertState.Firing)).Id, "anna");
        _alertmanager!.Posts.Clear();

        _alerting.Dispose();

        Assert.True(resolved.IsCompleted);
        Assert.Equal(["a", "b"], _alertmanager.Posts.Where(post => post.Alerts.Any(alert => alert.EndsAt <= post.At)).Select(post => post.Member).Distinct(StringComparer.Ordinal));
    }

    private static void Forward(AlertOptions alerts)
    {
        alerts.Mode = AlertMode.Forward;
        alerts.Alertmanager.Urls = ["http://a:9093", "http://b:9093"];
        alerts.Alertmanager.Instance = "pod-7";
    }

    private void Start(Action<AlertOptions> configure)
    {
        _host = new TestHost(options => configure(options.Alerts), services => services.AddSingleton<ILoggerProvider>(_logs).AddSingleton<IAlertChannel>(_telegram));
        _alertmanager = new AlertmanagerStandIn(_host.Clock);
        McpMonitoringOptions settings = _host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        _alerting = new AlertingRuntime(
            _host.Services, new AlertSetup(settings.Alerts, settings.Thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp"), Seams.Inline with { Store = new MemoryStateStore(), Alertmanager = _alertmanager });
        _alerting.Begin();
        Run(seconds: 10);
    }

    private void Run(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _host!.Clock.Advance(TimeSpan.FromSeconds(1));
            for (int step = 0; step < 50 && _alerting!.Engine.Step() <= TimeSpan.Zero; step++)
            {
            }
        }
    }
}
