using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

/// <summary>Which share of the errors that an alert counts is that of its causes.</summary>
public class ErrorSharesTests
{
    private readonly SteadySamples _samples = new();
    private readonly ErrorShares _shares;
    private readonly ActiveAlert _alert = Make("McpErrorRatioHigh");
    private readonly ActiveAlert _cause = Make("McpIntegrationDown", "1c");

    public ErrorSharesTests() => _shares = new ErrorShares(_samples);

    [Fact]
    public void Without_errors_nothing_says_otherwise()
    {
        Minutes(1);

        Assert.Equal(1, _shares.Of(_alert, [_cause]));
    }

    [Fact]
    public void Errors_of_the_dependency_are_those_of_its_outage_and_each_counts_once()
    {
        Minutes(1);
        Fail("1c", 30);
        Fail("crm", 10);
        Minutes(1);

        Assert.Equal(0.75, _shares.Of(_alert, [_cause]), 3);
        Assert.Equal(0.75, _shares.Of(_alert, [_cause, Make("McpIntegrationErrors", "1c")]), 3);
        Assert.Equal(0, _shares.Of(_alert, [Make("McpIntegrationDown", "erp")]), 3);
    }

    [Fact]
    public void What_fails_more_than_a_minute_after_the_end_of_a_cause_has_another()
    {
        Minutes(1);
        Fail("1c", 30);
        Minutes(1);
        _cause.State = AlertState.Resolved;
        _cause.ResolvedAt = _samples.Now;
        Fail("1c", 10);
        Minutes(2);
        Assert.Equal(1, _shares.Of(_alert, [_cause]), 3);

        Fail("1c", 40);
        Minutes(1);

        Assert.Equal(0.5, _shares.Of(_alert, [_cause]), 2);
    }

    private static ActiveAlert Make(string rule, string dependency = "") =>
        new(rule, new AlertLabels([new("alertname", rule), new("dependency", dependency)])) { State = AlertState.Firing, Severity = AlertSeverity.High };

    private void Fail(string dependency, double number) => _samples.Count(MetricNames.Errors, number, "internal", "server_error", "tools", "get_order", dependency);

    private void Minutes(int minutes)
    {
        for (int step = 0; step < minutes * 12; step++)
        {
            _samples.Count(MetricNames.Errors, 0, "internal", "server_error", "tools", "get_order", "1c");
            _samples.Count(MetricNames.Errors, 0, "internal", "server_error", "tools", "get_order", "crm");
            _samples.Sample();
        }
    }
}
