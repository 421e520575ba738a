using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class AlertRuleRulesTests
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
