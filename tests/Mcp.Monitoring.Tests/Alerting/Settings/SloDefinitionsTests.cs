using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.Tests.Slo;

namespace Mcp.Monitoring.Tests.Alerting.Settings;

public class SloDefinitionsTests
{
    [Fact]
    public void Without_options_there_are_three_by_the_thresholds()
    {
        IReadOnlyList<SloDefinition> definitions = SloDefinitions.Of(new AlertOptions(), new ThresholdOptions { ResponseTimeThresholdMs = 100, ResponseTimeAlertMs = 1000 });

        Assert.Equal(
            [
                new("availability", new SloIndicator(SloKind.Availability), 0.995m),
                new("latency_p95", new SloIndicator(SloKind.Latency, 0.1), 0.95m),
                new("latency_p99", new SloIndicator(SloKind.Latency, 1), 0.99m),
            ],
            definitions);
        Assert.Equal([0.1, 1], SloDefinitions.Edges(new AlertOptions(), new ThresholdOptions { ResponseTimeThresholdMs = 100, ResponseTimeAlertMs = 1000 }));
    }

    [Fact]
    public void Options_take_their_place_as_they_are_written()
    {
        var options = new AlertOptions { AvailabilityCountsToolErrors = true };
        options.Slos.Add(new SloOptions { Name = "up", Objective = 0.999, MinimumCalls = 7, MinimumFailures = 2, Operation = "search" });
        options.Slos.Add(new SloOptions { Name = "fast", Kind = SloKind.Latency, Objective = 0.9, ThresholdMs = 50 });
        options.Slos.Add(new SloOptions { Name = "usual", Kind = SloKind.Latency, Objective = 0.9 });

        IReadOnlyList<SloDefinition> definitions = SloDefinitions.Of(options, new ThresholdOptions());

        Assert.Equal(
            new("up", new SloIndicator(SloKind.Availability, Operation: "search", CountsToolErrors: true), 0.999m) { MinimumCalls = 7, MinimumFailures = 2 }, definitions[0]);
        Assert.Equal(0.05, definitions[1].Indicator.ThresholdSeconds);
        Assert.Equal(0.2, definitions[2].Indicator.ThresholdSeconds);
        Assert.Equal(50, definitions[2].MinimumCalls);
    }

    [Theory]
    [InlineData("own", "threshold_ms of own in alerts.slos")]
    [InlineData("usual", "thresholds.response_time_threshold_ms")]
    [InlineData("latency_p95", "thresholds.response_time_threshold_ms")]
    [InlineData("latency_p99", "thresholds.response_time_alert_ms")]
    [InlineData("tools/report/latency", "LatencyTargetMs of tools/report/latency")]
    public void Limit_is_named_by_the_setting_that_a_user_writes(string slo, string setting)
    {
        var options = new AlertOptions();
        options.Slos.Add(new SloOptions { Name = "own", Kind = SloKind.Latency, ThresholdMs = 50 });
        options.Slos.Add(new SloOptions { Name = "usual", Kind = SloKind.Latency });

        Assert.Equal(setting, SloDefinitions.LimitSettingOf(slo, options));
    }

    [Fact]
    public void Rules_see_the_objectives_of_the_book()
    {
        var observed = new ObservedBook();
        observed.Tool.Describe(new OperationTraits(Availability: 0.9));
        var objectives = new SloObjectives(observed.Book);
        observed.Call(count: 3);
        observed.Fail(2);
        observed.Sample();

        IReadOnlyList<IObjective> seen = objectives.Objectives;
        Assert.Same(seen, objectives.Objectives);
        Assert.Equal(["availability", "latency_p95", "latency_p99", "tools/search/availability"], seen.Select(objective => objective.Name));
        Assert.Equal((5d, 2d), seen[0].Events(TimeSpan.FromHours(1)));
        Assert.Equal(("", ""), (seen[0].OperationType, seen[0].Operation));
        Assert.Equal(("tools", "search", 0.9), (seen[3].OperationType, seen[3].Operation, seen[3].Target));
        Assert.Equal((SloKind.Latency, 0.5, 0.99, 50d, 5d), (seen[2].Kind, seen[2].ThresholdSeconds, seen[2].Target, seen[2].MinimumCalls, seen[2].MinimumFailures));
    }

    [Theory]
    [InlineData(0.9306, false)]
    [InlineData(0.93, true)]
    public void Objective_that_no_outage_misses_fast_enough_is_warned_of(double objective, bool isWarned)
    {
        ISettings slo = new SloOptions { Name = "answered", Objective = objective };

        Assert.Equal(isWarned, slo.Check().Any(fault => fault.IsWarning));
        Assert.DoesNotContain(slo.Check(), fault => !fault.IsWarning);
    }
}
