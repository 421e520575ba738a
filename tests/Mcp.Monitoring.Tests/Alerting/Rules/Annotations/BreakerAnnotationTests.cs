using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Annotations;

public class BreakerAnnotationTests
{
    private const string Rule = "McpCircuitBreakerOpen";
    private const string Unused = "Nobody has called it for 1 min: whether it works is not known.";

    // Ten times the timeout is a minute.
    private readonly RuleWorld _world = new(thresholds: new ThresholdOptions { CircuitBreakerTimeoutSeconds = 6 });

    [Theory]
    [InlineData(1.25, false, false)]
    [InlineData(3, false, true)]
    [InlineData(3, true, false)]
    public void Breaker_that_nobody_has_called_for_long_may_be_open_for_no_reason(double minutes, bool isCalled, bool isSaid)
    {
        _world.Minutes(1);
        _world.Breaker("1c", "open");
        _world.Minutes(minutes, 12, () => _world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, isCalled || minutes < 2 ? 1 : 0, "1c"));

        Assert.Equal(isSaid, _world.Said(Rule).Facts.Contains(Unused, StringComparer.Ordinal));
    }

    [Fact]
    public void Calls_are_counted_since_it_is_open_and_those_just_before_it_was_seen()
    {
        _world.Minutes(0.25);
        _world.Breaker("1c", "open");
        _world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, 2, "1c");
        _world.Minutes(2);
        _world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, 3, "1c");
        _world.Minutes(0.25);

        Assert.Equal("breaker open for 2 min, 5 calls rejected", _world.Said(Rule).Summary);
    }
}
