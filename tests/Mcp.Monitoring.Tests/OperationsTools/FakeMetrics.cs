using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.OperationsTools.Tools;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Knows what a test says.</summary>
internal sealed class FakeMetrics : IMetricQueries
{
    public AlertRuleOptions? Asked { get; private set; }

    public MetricReading Reading { get; set; } = new(
        ValueUnit.Count,
        TimeSpan.FromMinutes(5),
        [
            new(new Dictionary<string, string>(StringComparer.Ordinal) { ["operation"] = "get_stock" }, 2),
            new(new Dictionary<string, string>(StringComparer.Ordinal) { ["operation"] = "get_order" }, 14),
        ]);

    public Task<MetricReading> ReadAsync(AlertRuleOptions rule, CancellationToken cancellationToken)
    {
        Asked = rule;
        return Task.FromResult(Reading);
    }
}
