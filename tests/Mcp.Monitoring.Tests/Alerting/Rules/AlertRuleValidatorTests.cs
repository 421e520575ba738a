using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class AlertRuleValidatorTests
{
    [Fact]
    public void Rules_that_are_right_have_no_fault()
    {
        Assert.Empty(Check(
            new AlertRuleOptions { Name = "McpToolErrors", Threshold = 0.2, Resolve = 0.1, Window = TimeSpan.FromMinutes(30), MinimumFailures = 9 },
            new AlertRuleOptions { Name = "McpCacheHitsLow", Enabled = true, Threshold = 0.3, Resolve = 0.4 },
            Own(),
            Own(options => { options.Function = RuleFunction.Ratio; options.Threshold = 0.1; options.Of = ["result=\"ok\""]; options.MinimumCalls = 10; options.MinimumFailures = 2; }),
            Own(options => { options.Function = RuleFunction.FractionBelow; options.Threshold = 0.1; options.Below = TimeSpan.FromSeconds(1); }),
            Own(options => { options.Function = RuleFunction.Quantile; options.Quantile = 0.99; options.Window = TimeSpan.FromMinutes(1); })));
    }

    [Fact]
    public void Change_of_the_catalogue_cannot_make_it_read_something_else()
    {
        Fault[] faults = Check(new AlertRuleOptions
        {
            Name = "McpToolErrors",
            Metric = "depth",
            Labels = ["a=\"b\""],
            By = ["a"],
            Function = RuleFunction.Rate,
            Of = ["a=\"b\""],
            Quantile = 0.5,
            Below = TimeSpan.FromSeconds(1),
            Comparison = RuleComparison.Below,
        });

        Assert.Equal(["Metric", "Labels", "By", "Function", "Of", "Quantile", "Below", "Comparison"], faults.Select(fault => fault.Path["Rules:0:".Length..]), StringComparer.Ordinal);
        Each.Of(faults, fault => Assert.Equal("is set for McpToolErrors, which is a rule of the catalogue", fault.Problem));
    }

    [Theory]
    [InlineData("McpHealthUnhealthy", "Threshold")]
    [InlineData("McpHealthUnhealthy", "Window")]
    [InlineData("McpOperationStuck", "MinimumCalls")]
    [InlineData("McpSlowQueries", "MinimumFailures")]
    [InlineData("McpClientLooping", "Resolve")]
    public void Number_that_a_rule_does_not_have_is_a_fault(string rule, string number)
    {
        var options = new AlertRuleOptions { Name = rule };
        switch (number)
        {
            case "Threshold":
                options.Threshold = 3;
                break;
            case "Window":
                options.Window = TimeSpan.FromMinutes(7);
                break;
            case "MinimumCalls":
                options.MinimumCalls = 3;
                break;
            case "MinimumFailures":
                options.MinimumFailures = 3;
                break;
            default:
                options.Resolve = 0;
                break;
        }

        Fault fault = Assert.Single(Check(options));

        Assert.Equal($"Rules:0:{number}", fault.Path);
        Assert.Equal($"is set for {rule}, which has no such number", fault.Problem);
    }

    [Theory]
    [InlineData("McpErrorRatioHigh", 0.02, true)]
    [InlineData("McpErrorRatioHigh", 0.01, false)]
    [InlineData("McpCacheHitsLow", 0.4, true)]
    [InlineData("McpCacheHitsLow", 0.6, false)]
    public void Limit_of_the_end_lies_on_the_safe_side(string rule, double resolve, bool isFault)
    {
        Assert.Equal(isFault ? ["Rules:0:Resolve"] : [], Check(new AlertRuleOptions { Name = rule, Resolve = resolve }).Select(fault => fault.Path), StringComparer.Ordinal);
    }

    [Fact]
    public void Rule_of_ones_own_needs_a_metric_and_a_threshold()
    {
        Assert.Equal(["Rules:0:Metric", "Rules:0:Threshold"], Check(new AlertRuleOptions { Name = "Own" }).Select(fault => fault.Path), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("depth{a=\"b\"}")]
    [InlineData("1depth")]
    [InlineData("mcp_operation_duration_seconds_bucket")]
    public void Metric_is_a_name_and_no_part_of_a_histogram(string metric)
    {
        Assert.Equal("Rules:0:Metric", Assert.Single(Check(Own(options => options.Metric = metric))).Path);
    }

    [Theory]
    [InlineData(RuleFunction.Value, "Window")]
    [InlineData(RuleFunction.Value, "MinimumCalls")]
    [InlineData(RuleFunction.Value, "MinimumFailures")]
    [InlineData(RuleFunction.Quantile, "MinimumFailures")]
    [InlineData(RuleFunction.Rate, "Quantile")]
    [InlineData(RuleFunction.Rate, "Below")]
    [InlineData(RuleFunction.Rate, "Of")]
    [InlineData(RuleFunction.Ratio, "Threshold")]
    [InlineData(RuleFunction.FractionBelow, "Below")]
    public void Setting_that_contradicts_the_function_is_a_fault(RuleFunction function, string setting)
    {
        AlertRuleOptions options = Own(rule => rule.Function = function);
        options.Threshold = function == RuleFunction.Ratio ? 1.5 : 0.5;
        options.Window = setting == "Window" ? TimeSpan.FromMinutes(1) : null;
        options.MinimumCalls = setting == "MinimumCalls" ? 1 : null;
        options.MinimumFailures = setting == "MinimumFailures" ? 1 : null;
        options.Quantile = setting == "Quantile" ? 0.5 : null;
        options.Below = setting == "Below" && function == RuleFunction.Rate ? TimeSpan.FromSeconds(1) : null;
        options.Of = setting == "Of" ? ["a=\"b\""] : [];

        Assert.Equal($"Rules:0:{setting}", Assert.Single(Check(options)).Path);
    }

    [Theory]
    [InlineData(RuleFunction.Rate, RuleComparison.Above, -0.1, false)]
    [InlineData(RuleFunction.Rate, RuleComparison.Above, 0, true)]
    [InlineData(RuleFunction.Rate, RuleComparison.AtLeast, 0, false)]
    [InlineData(RuleFunction.Rate, RuleComparison.AtLeast, 0.1, true)]
    [InlineData(RuleFunction.Rate, RuleComparison.Below, 0, false)]
    [InlineData(RuleFunction.Rate, RuleComparison.Below, 0.1, true)]
    [InlineData(RuleFunction.Rate, RuleComparison.AtMost, -0.1, false)]
    [InlineData(RuleFunction.Rate, RuleComparison.AtMost, 0, true)]
    [InlineData(RuleFunction.Rate, RuleComparison.AtMost, 1, true)]
    [InlineData(RuleFunction.Rate, RuleComparison.Above, 1, true)]
    [InlineData(RuleFunction.Ratio, RuleComparison.AtMost, 1, false)]
    [InlineData(RuleFunction.Ratio, RuleComparison.AtMost, 0.9, true)]
    [InlineData(RuleFunction.Ratio, RuleComparison.Above, 1, false)]
    [InlineData(RuleFunction.Ratio, RuleComparison.Above, 0.9, true)]
    [InlineData(RuleFunction.Ratio, RuleComparison.AtLeast, 1, true)]
    [InlineData(RuleFunction.Ratio, RuleComparison.AtLeast, 1.1, false)]
    [InlineData(RuleFunction.Ratio, RuleComparison.Above, -0.1, false)]
    [InlineData(RuleFunction.Value, RuleComparison.Above, -5, true)]
    [InlineData(RuleFunction.Value, RuleComparison.Below, 0, true)]
    public void Threshold_is_one_that_can_be_on_both_sides(RuleFunction function, RuleComparison comparison, double threshold, bool isRight)
    {
        AlertRuleOptions options = Own(rule => (rule.Function, rule.Comparison, rule.Threshold) = (function, comparison, threshold));

        Assert.Equal(isRight ? [] : ["Rules:0:Threshold"], Check(options).Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(RuleComparison.Above, 10, true)]
    [InlineData(RuleComparison.Above, 10.1, false)]
    [InlineData(RuleComparison.AtLeast, 10.1, false)]
    [InlineData(RuleComparison.Below, 10, true)]
    [InlineData(RuleComparison.Below, 9.9, false)]
    [InlineData(RuleComparison.AtMost, 9.9, false)]
    [InlineData(RuleComparison.AtMost, 10.1, true)]
    public void End_of_a_rule_of_ones_own_lies_on_the_safe_side(RuleComparison comparison, double resolve, bool isRight) =>
        Assert.Equal(isRight ? [] : ["Rules:0:Resolve"], Check(Own(rule => (rule.Comparison, rule.Resolve) = (comparison, resolve))).Select(fault => fault.Path));

    [Theory]
    [InlineData(RuleFunction.Quantile, 60, true)]
    [InlineData(RuleFunction.Quantile, 61, false)]
    [InlineData(RuleFunction.FractionBelow, 61, false)]
    [InlineData(RuleFunction.Rate, 60, true)]
    [InlineData(RuleFunction.Rate, 61, false)]
    public void Window_is_one_for_which_samples_are_kept(RuleFunction function, int minutes, bool isRight)
    {
        AlertRuleOptions options = Own(rule => (rule.Function, rule.Threshold, rule.Window) = (function, 0.5, TimeSpan.FromMinutes(minutes)));
        options.Below = function == RuleFunction.FractionBelow ? TimeSpan.FromSeconds(1) : null;

        Assert.Equal(isRight, Check(options).Length == 0);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Share_is_below_an_edge_that_is_above_0(double seconds, bool isRight)
    {
        AlertRuleOptions options = Own(rule => (rule.Function, rule.Threshold, rule.Below) = (RuleFunction.FractionBelow, 0.5, TimeSpan.FromSeconds(seconds)));

        Assert.Equal(isRight ? [] : ["Rules:0:Below"], Check(options).Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Ten_labels_are_kept_apart_at_most(int labels, bool isRight) =>
        Assert.Equal(isRight ? [] : ["Rules:0:By"], Check(Own(rule => rule.By = [.. Enumerable.Range(0, labels).Select(i => $"label{i}")])).Select(fault => fault.Path));

    [Theory]
    [InlineData(NoDataMode.KeepLast, true)]
    [InlineData(NoDataMode.Resolve, false)]
    [InlineData(NoDataMode.Fire, false)]
    public void Only_what_stays_without_data_is_over_after_some_time(NoDataMode mode, bool isRight)
    {
        foreach (string name in (string[])["Own", "McpErrorRatioHigh"])
        {
            AlertRuleOptions options = name == "Own" ? Own() : new AlertRuleOptions { Name = name };
            (options.NoData, options.NoDataResolveAfter) = (mode, TimeSpan.FromMinutes(5));

            Assert.Equal(isRight ? [] : ["Rules:0:NoDataResolveAfter"], Check(options).Select(fault => fault.Path));
        }
    }

    [Fact]
    public void Misspelt_rule_of_the_catalogue_is_recognised()
    {
        Fault fault = Assert.Single(Check(new AlertRuleOptions { Name = "McpToolError", Threshold = 0.1 }));

        Assert.Equal("Rules:0:Name", fault.Path);
        Assert.Contains("McpToolErrors", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp_operations_total", RuleFunction.Rate, true)]
    [InlineData("mcp_operations_total", RuleFunction.Quantile, false)]
    [InlineData("mcp_operation_duration_seconds", RuleFunction.Quantile, true)]
    [InlineData("mcp_operation_duration_seconds", RuleFunction.Increase, false)]
    [InlineData("mcp_active_requests", RuleFunction.Value, true)]
    [InlineData("mcp_active_requests", RuleFunction.Ratio, false)]
    [InlineData("mcp_operations_total", RuleFunction.Value, true)]
    public void Function_is_one_of_the_kind_of_the_metric(string metric, RuleFunction function, bool isRight)
    {
        AlertRuleOptions options = Own(rule => (rule.Metric, rule.Function, rule.Threshold) = (metric, function, 0.5));

        Assert.Equal(isRight ? [] : ["Rules:0:Function"], Check(options).Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("outcome=\"server_error\"", true)]
    [InlineData("outcome=\"servererror\"", false)]
    [InlineData("outcome!=\"servererror\"", false)]
    [InlineData("outcome=~\"server_.*\"", true)]
    [InlineData("outcome=~\"x.*\"", false)]
    [InlineData("tool=\"a\"", false)]
    [InlineData("operation=\"whatever\"", true)]
    public void Matchers_are_of_labels_and_values_that_the_metric_has(string matcher, bool isRight)
    {
        foreach (bool isWhole in (bool[])[false, true])
        {
            AlertRuleOptions options = Own(rule => (rule.Metric, rule.Function, rule.Threshold) = ("mcp_operations_total", RuleFunction.Ratio, 0.5));
            (isWhole ? options.Of : options.Labels).Add(matcher);

            Assert.Equal(isRight ? [] : [$"Rules:0:{(isWhole ? "Of" : "Labels")}:0"], Check(options).Select(fault => fault.Path));
        }
    }

    [Theory]
    [InlineData("mcp_operation_duration_seconds_count", false)]
    [InlineData("mcp_operation_duration_seconds_sum", false)]
    [InlineData("depth_count", true)]
    public void Part_of_a_histogram_of_ours_is_no_metric(string metric, bool isRight) =>
        Assert.Equal(isRight ? [] : ["Rules:0:Metric"], Check(Own(rule => rule.Metric = metric)).Select(fault => fault.Path));

    [Fact]
    public void Labels_are_kept_apart_that_the_metric_has() =>
        Assert.Equal(["Rules:0:By:1"], Check(Own(rule => (rule.Metric, rule.By) = ("mcp_operations_total", ["outcome", "route"]))).Select(fault => fault.Path));

    [Theory]
    [InlineData("le")]
    [InlineData("severity")]
    [InlineData("mcp_service")]
    [InlineData("1a")]
    public void Labels_that_are_kept_apart_are_those_of_series(string name)
    {
        Assert.Equal("Rules:1:By:1", Assert.Single(Check(Own(), Own(options => options.By = ["queue", name]))).Path);
    }

    [Fact]
    public void Label_is_named_once()
    {
        Assert.Equal("Rules:0:By:1", Assert.Single(Check(Own(options => options.By = ["queue", "queue"]))).Path);
    }

    private static Fault[] Check(params AlertRuleOptions[] rules) => [.. AlertRuleValidator.Check(new ThresholdOptions(), rules)];

    private static AlertRuleOptions Own(Action<AlertRuleOptions>? change = null)
    {
        var options = new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 10 };
        change?.Invoke(options);
        return options;
    }
}
