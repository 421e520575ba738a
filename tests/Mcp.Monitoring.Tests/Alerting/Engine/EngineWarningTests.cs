using System.Diagnostics.Metrics;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>What is wrong with what rules are judged by is told soon after the start, and once.</summary>
public sealed class EngineWarningTests : IDisposable
{
    private readonly RecordedLogs _log = new();
    private readonly Meter _meter = new("Shop.Absent");
    private TestHost? _host;
    private AlertingRuntime? _alerting;

    [Fact]
    public void A_metric_that_nobody_has_is_told_within_two_minutes_and_once_a_day()
    {
        Start(Rule("Late", "orders_late_total"));

        Run(TimeSpan.FromMinutes(2));
        LogEntry told = Assert.Single(Told());
        Run(TimeSpan.FromHours(3));

        Assert.Contains("The alert rule Late has nothing to judge: nobody has a metric orders_late_total.", told.Message, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, told.Level);
        Assert.Single(Told());
    }

    [Theory]
    [InlineData("mcp_operation_total", "mcp_operations_total")]
    [InlineData("mcp_eror_total", "mcp_errors_total")]
    [InlineData("shop_order_late_total", "shop_orders_late_total")]
    public void The_nearest_metric_is_asked_for(string typed, string meant)
    {
        _meter.CreateCounter<long>("shop.orders.late");
        Start(Rule("Late", typed));

        Run(TimeSpan.FromMinutes(2));

        Assert.Contains($" Did you mean {meant}? ", Assert.Single(Told()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp_operation_wait_seconds", RuleFunction.Quantile)]
    [InlineData("shop_orders_late_total", RuleFunction.Rate)]
    public void A_metric_that_is_known_and_was_not_measured_yet_is_not_told(string metric, RuleFunction function)
    {
        _meter.CreateCounter<long>("shop.orders.late");
        Start(Rule("Late", metric, function));

        Run(TimeSpan.FromHours(1));

        Assert.Empty(Told());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_rule_by_label_that_waits_for_missing_data_is_told_that_it_never_fires(bool hasBy, bool isTold)
    {
        AlertRuleOptions rule = Rule("Late", "orders_late_total");
        rule.NoData = NoDataMode.Fire;
        rule.By = hasBy ? ["shop"] : [];
        Start(rule);

        Run(TimeSpan.FromMinutes(2));

        Assert.Equal(isTold, Assert.Single(Told()).Message.Contains("leave by out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reload_tells_only_of_what_is_new()
    {
        Start(Rule("Late", "orders_late_total"));
        Run(TimeSpan.FromMinutes(2));

        Reload(Rule("Late", "orders_late_total"), Rule("Lost", "orders_lost_total"));
        Run(TimeSpan.FromMinutes(2));
        Assert.Equal(2, Told().Count());

        Reload();
        Run(TimeSpan.FromMinutes(2));
        Reload(Rule("Late", "orders_late_total"));
        Run(TimeSpan.FromMinutes(2));
        Assert.Equal(3, Told().Count());
    }

    [Fact]
    public void A_rule_that_cannot_be_evaluated_is_told_once_over_reloads()
    {
        for (int i = 0; i < 4; i++)
        {
            AlertRuleOptions rule = Rule("Late", "mcp_active_requests", RuleFunction.Quantile);
            Restart(rule);
            Run(TimeSpan.FromMinutes(1));
        }

        Assert.Single(_log.Of("RuleDisabled"));
    }

    [Fact]
    public void A_wall_clock_that_is_set_again_and_again_is_told_every_ten_minutes()
    {
        MovedWallClock? wall = null;
        Start([], services => services.AddSingleton<TimeProvider>(wall = new MovedWallClock((FakeTimeProvider)services.First(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!)));
        for (int i = 1; i <= 120; i++)
        {
            wall!.Moved = TimeSpan.FromHours(i);
            Run(TimeSpan.FromSeconds(10));
        }

        Assert.InRange(_log.Of("ClockJumped").Count(), 2, 3);
    }

    public void Dispose()
    {
        _alerting?.Dispose();
        _host?.Dispose();
        _meter.Dispose();
        _log.Dispose();
    }

    private static AlertRuleOptions Rule(string name, string metric, RuleFunction function = RuleFunction.Increase) =>
        new() { Name = name, Metric = metric, Function = function, Threshold = 1 };

    private IEnumerable<LogEntry> Told() => _log.Of("NothingToJudge");

    private void Restart(AlertRuleOptions rule)
    {
        if (_alerting is null)
        {
            Start(rule);
        }
        else
        {
            Reload(rule);
        }
    }

    private void Start(params AlertRuleOptions[] rules) => Start(rules, static _ => { });

    private void Start(AlertRuleOptions[] rules, Action<IServiceCollection> add)
    {
        _host = new TestHost(
            options =>
            {
                options.Alerts.Storage.Path = ":memory:";
                options.Prometheus.Meters = ["Shop.*"];
            },
            services =>
            {
                services.AddLogging(logging => logging.AddProvider(_log));
                add(services);
            });
        _alerting = new AlertingRuntime(_host.Services, Setup(rules), Seams.Inline);
        _alerting.Begin();
    }

    private void Reload(params AlertRuleOptions[] rules) => _alerting!.Reload(Setup(rules));

    private static AlertSetup Setup(AlertRuleOptions[] rules)
    {
        var options = new McpMonitoringOptions();
        options.Alerts.Storage.Path = ":memory:";
        Array.ForEach(rules, options.Alerts.Rules.Add);
        return new AlertSetup(options.Alerts, options.Thresholds, "shop", HasServiceLabel: true, "1", "mcp");
    }

    private void Run(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(5))
        {
            _alerting!.Engine.Step();
            _host!.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
