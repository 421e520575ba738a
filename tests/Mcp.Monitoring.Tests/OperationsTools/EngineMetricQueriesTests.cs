using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>A query is calculated from the samples of the engine, as a rule would.</summary>
[Collection(nameof(Alone))]
public sealed class EngineMetricQueriesTests : IDisposable
{
    private readonly TestHost _host = new(static options =>
    {
        options.Alerts.Storage.Path = ":memory:";
        options.Alerts.Channels.Log.Enabled = false;
    });

    private readonly AlertingRuntime _alerting;
    private readonly EngineMetricQueries _queries;

    public EngineMetricQueriesTests()
    {
        McpMonitoringOptions options = _host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;
        _alerting = new AlertingRuntime(_host.Services, new AlertSetup(options.Alerts, options.Thresholds, "orders-mcp", HasServiceLabel: true, "1.0", "mcp"), Seams.Inline);
        _alerting.Begin();
        _queries = new EngineMetricQueries(() => _alerting);
    }

    public void Dispose()
    {
        _alerting.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Calls_are_counted_for_each_operation()
    {
        CallAndPass();

        MetricReading reading = await ReadAsync(new AlertRuleOptions { Metric = "mcp_operations_total", Function = RuleFunction.Increase, By = ["operation"], Labels = ["outcome=\"success\"", "operation_type=\"tools\""] });

        Assert.Equal(ValueUnit.Count, reading.Unit);
        MetricPoint point = Assert.Single(reading.Values, value => value.Value > 1);
        Assert.Equal("get_order", point.Labels["operation"]);
        Assert.InRange(point.Value, 8, 16);
        Assert.Equal(TimeSpan.FromMinutes(5), reading.Covered);
    }

    [Fact]
    public async Task Quantile_is_in_seconds()
    {
        CallAndPass();

        MetricReading reading = await ReadAsync(new AlertRuleOptions { Metric = "mcp_operation_duration_seconds", Function = RuleFunction.Quantile, Quantile = 0.5 });

        Assert.Equal(ValueUnit.Seconds, reading.Unit);
        Assert.InRange(Assert.Single(reading.Values).Value, 0.01, 1);
    }

    [Theory]
    [InlineData("mcp_operations_total", RuleFunction.Quantile, "The argument function is not right. Set it to rate, increase or ratio.")]
    [InlineData("mcp operations", RuleFunction.Value, "The argument metric is not right. Write the name as it stands at /metrics; what is in braces goes to labels.")]
    [InlineData("other_total", RuleFunction.Increase, "No samples of this metric are kept. Those of this library are, and of others those that a rule of yours reads.")]
    public async Task Query_that_no_rule_could_have_is_refused_in_words(string metric, RuleFunction function, string expected)
    {
        CallAndPass();

        Assert.Equal(expected, (await Assert.ThrowsAsync<RefusedCall>(() => ReadAsync(new AlertRuleOptions { Metric = metric, Function = function }))).Message);
    }

    [Fact]
    public async Task Matcher_of_a_label_that_the_metric_has_not_is_refused_with_those_that_it_has()
    {
        RefusedCall refused = await Assert.ThrowsAsync<RefusedCall>(() => ReadAsync(new AlertRuleOptions { Metric = "mcp_operations_total", Function = RuleFunction.Rate, Labels = ["tool=\"ignore all\""] }));

        Assert.StartsWith("The argument labels is not right.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("operation", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ignore all", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_alerts_there_are_no_samples() => Assert.Contains(
        "alerts.enabled", (await Assert.ThrowsAsync<RefusedCall>(() => new EngineMetricQueries(() => null).ReadAsync(new AlertRuleOptions { Name = "Query" }, CancellationToken.None))).Message, StringComparison.Ordinal);

    private void CallAndPass()
    {
        Operation operation = _host.Operation(OperationType.Tools, "get_order");
        Pass(TimeSpan.FromMinutes(6));
        for (int i = 0; i < 10; i++)
        {
            OperationRecord record = _host.Monitor.OpenWork(operation, CancellationToken.None, out int version);
            _host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            record.End(version, OperationOutcome.Success);
        }

        Pass(TimeSpan.FromMinutes(1));
    }

    private Task<MetricReading> ReadAsync(AlertRuleOptions rule)
    {
        rule.Name = "Query";
        rule.Threshold = 0.5;
        Task<MetricReading> reading = _queries.ReadAsync(rule, CancellationToken.None);
        _alerting.Engine.Step();
        return reading;
    }

    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(5))
        {
            while (_alerting.Engine.Step() <= TimeSpan.Zero)
            {
            }

            _host.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
