using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>Rules of the user's own.</summary>
public class OwnRuleTests
{
    private static readonly MetricDefinition Jobs = new("jobs_total", MetricKind.Counter, "", "queue", "result");
    private static readonly MetricDefinition Depth = new("depth", MetricKind.Gauge, "", "queue");
    private static readonly MetricDefinition JobSeconds = new("job_seconds", MetricKind.Histogram, "", "queue");

    [Theory]
    [InlineData(RuleComparison.Above, 10, false)]
    [InlineData(RuleComparison.Above, 10.5, true)]
    [InlineData(RuleComparison.AtLeast, 10, true)]
    [InlineData(RuleComparison.AtLeast, 9.5, false)]
    [InlineData(RuleComparison.Below, 10, false)]
    [InlineData(RuleComparison.Below, 9.5, true)]
    [InlineData(RuleComparison.AtMost, 10, true)]
    [InlineData(RuleComparison.AtMost, 10.5, false)]
    public void Value_is_compared_as_it_says(RuleComparison comparison, double value, bool fires)
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 10, Comparison = comparison }]);
        world.Samples.Set(Depth, value, "mail");

        world.Minutes(5);

        Assert.Equal(fires, world.HasFired("Own"));
    }

    [Fact]
    public void Series_are_added_up_by_the_labels_that_it_keeps_apart()
    {
        var world = new RuleWorld([Own(RuleFunction.Increase, 50)]);
        world.Minutes(5, _ =>
        {
            world.Samples.Count(Jobs, 2, "mail", "ok");
            world.Samples.Count(Jobs, 1, "mail", "failed");
            world.Samples.Count(Jobs, 0.1, "print", "ok");
        });

        ActiveAlert alert = world.Firing("Own");
        Assert.Equal("mail", alert.Labels["queue"]);
        Assert.Equal("Own mail", alert.Describe!().Title);
        Assert.StartsWith("jobs_total is ", alert.Describe!().Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.59, true)]
    [InlineData(0.61, false)]
    public void Rate_is_a_second(double threshold, bool fires)
    {
        var world = new RuleWorld([Own(RuleFunction.Rate, threshold)]);

        world.Minutes(15, _ => world.Samples.Count(Jobs, 3, "mail", "ok"));

        Assert.Equal(fires, world.HasFired("Own"));
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(24, false)]
    public void Ratio_is_that_of_the_labels_to_the_whole(double failed, bool fires)
    {
        AlertRuleOptions options = Own(RuleFunction.Ratio, 0.25, RuleComparison.AtLeast);
        options.Labels = ["result=\"failed\""];
        options.MinimumCalls = 100;
        var world = new RuleWorld([options]);
        world.Samples.Count(Jobs, 0, "mail", "failed");
        world.Samples.Count(Jobs, 0, "mail", "ok");
        world.Minutes(10);
        world.Samples.Count(Jobs, failed, "mail", "failed");
        world.Samples.Count(Jobs, 100 - failed, "mail", "ok");

        world.Minutes(4);

        Assert.Equal(fires, world.HasFired("Own"));
    }

    [Theory]
    [InlineData(RuleFunction.Quantile, 0.6, true)]
    [InlineData(RuleFunction.Quantile, 0.4, false)]
    [InlineData(RuleFunction.FractionBelow, 0.6, true)]
    [InlineData(RuleFunction.FractionBelow, 0.4, false)]
    public void Histogram_is_judged_by_its_edges(RuleFunction function, double seconds, bool fires)
    {
        AlertRuleOptions options = Own(function, 0.5, function == RuleFunction.Quantile ? RuleComparison.Above : RuleComparison.Below);
        options.Metric = "job_seconds";
        options.Below = function == RuleFunction.FractionBelow ? TimeSpan.FromMilliseconds(500) : null;
        var world = new RuleWorld([options]);

        world.Minutes(10, _ => world.Samples.Observe(JobSeconds, seconds, 1, "mail"));

        Assert.Equal(fires, world.HasFired("Own"));
    }

    [Theory]
    [InlineData(RuleFunction.Quantile, "jobs_total", "jobs_total is a counter, and function quantile needs a histogram")]
    [InlineData(RuleFunction.Rate, "depth", "depth is a gauge, and function rate needs a counter")]
    [InlineData(RuleFunction.Value, "job_seconds", "job_seconds is a histogram, and function value needs a gauge or a counter")]
    [InlineData(RuleFunction.FractionBelow, "job_seconds", "0.25 s is no edge of the buckets of job_seconds; these are 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300")]
    public void Metric_of_another_kind_is_said_once_and_the_rule_is_off(RuleFunction function, string metric, string problem)
    {
        AlertRuleOptions options = Own(function, 0.5);
        options.Metric = metric;
        options.Below = function == RuleFunction.FractionBelow ? TimeSpan.FromMilliseconds(250) : null;
        var world = new RuleWorld([options]);
        world.Minutes(1);
        world.Samples.Count(Jobs, 100, "mail", "ok");
        world.Samples.Set(Depth, 100, "mail");
        world.Samples.Observe(JobSeconds, 1, 1, "mail");

        world.Minutes(10);

        Assert.Equal([$"Own is disabled: {problem}"], world.Problems);
        Assert.False(world.HasFired("Own"));
        Assert.Equal(0, world.LastReport.Failed);
        Assert.Equal(problem, world.Evaluator.Status.Single(status => status.Rule.Name == "Own").Disabled);
    }

    [Fact]
    public void Absence_can_be_the_alert()
    {
        var world = new RuleWorld([new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 10, NoData = NoDataMode.Fire }]);

        world.Minutes(5);
        Assert.Equal(AlertState.Firing, world.Firing("Own").State);

        world.Samples.Set(Depth, 1, "mail");
        world.Minutes(6);
        Assert.Equal(AlertState.Resolved, Assert.Single(world.Alerts.Fired).State);
    }

    [Fact]
    public void Summary_names_the_value_the_threshold_and_labels()
    {
        AlertRuleOptions options = Own(RuleFunction.Increase, 50);
        options.Summary = "{queue} has {value} jobs, {threshold} at most{nothing}";
        var world = new RuleWorld([options]);

        world.Minutes(5, _ => world.Samples.Count(Jobs, 2, "mail", "ok"));

        Assert.Matches("^mail has [0-9.]+ jobs, 50 at most$", world.Said("Own").Summary);
    }

    [Fact]
    public void Our_own_metric_is_known_by_the_prefix_of_the_page()
    {
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "Own", Metric = "shop_sessions_active", Threshold = 10 }], "shop")
            .Single(rule => rule.Name == "Own");

        Assert.Equal("(sum(last_over_time(mcp_sessions_active[2m])) > 10)", rule.Levels[0].Condition.ToPromQL(rule.By));
    }

    private static AlertRuleOptions Own(RuleFunction function, double threshold, RuleComparison? comparison = null) => new()
    {
        Name = "Own",
        Metric = "jobs_total",
        Function = function,
        Threshold = threshold,
        Comparison = comparison,
        By = ["queue"],
    };
}
