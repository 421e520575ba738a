using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Expressions;

public class PromQLTests
{
    private static readonly Selector Errors = Selector.Of("errors_total", "type=\"a\"", "tool=~\"x|y\"");
    private static readonly Selector Latency = Selector.Of("latency_seconds", "status=\"success\"");
    private static readonly string[] ByTool = ["tool"];
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Sums_are_by_the_labels_of_the_rule()
    {
        Assert.Equal("sum by (tool) (rate(errors_total{type=\"a\", tool=~\"x|y\"}[5m]))", new SeriesSum(Errors, SeriesFunction.Rate, FiveMinutes).ToPromQL(ByTool));
        Assert.Equal("sum(increase(errors_total{type=\"a\", tool=~\"x|y\"}[1h] offset 23h))", new SeriesSum(Errors, SeriesFunction.Increase, TimeSpan.FromHours(1), TimeSpan.FromHours(23)).ToPromQL([]));
        Assert.Equal("max(last_over_time(depth[2m]))", new LargestOf(Selector.Of("depth")).ToPromQL([]));
    }

    [Fact]
    public void Histograms_are_read_by_their_parts()
    {
        Assert.Equal(
            "histogram_quantile(0.95, sum by (tool, le) (rate(latency_seconds_bucket{status=\"success\"}[90s])))",
            new Quantile(0.95, new HistogramIncrease(Latency, TimeSpan.FromSeconds(90))).ToPromQL(ByTool));
        Assert.Equal(
            "(sum(rate(latency_seconds_bucket{status=\"success\", le=\"0.2\"}[5m])) / sum(rate(latency_seconds_count{status=\"success\"}[5m])))",
            new FractionBelow(0.2, new HistogramIncrease(Latency, FiveMinutes)).ToPromQL([]));
    }

    [Fact]
    public void What_grows_is_counted_over_so_many_minutes() => Assert.Equal(
        "(count_over_time((sum(last_over_time(depth[2m])) > sum(last_over_time(depth[2m] offset 1m)))[10m:1m]) >= 10)",
        new KeepsGrowing(Selector.Of("depth"), 10, TimeSpan.FromMinutes(1)).ToPromQL([]));

    [Fact]
    public void Minimum_is_asked_until_it_fires_and_not_of_what_fires_already()
    {
        Expression large = new SeriesSum(Errors, SeriesFunction.Increase, FiveMinutes).Above(5), enough = new SeriesSum(Latency, SeriesFunction.Increase, FiveMinutes).AtLeast(10);
        var format = new PromQLFormat(ByTool) { Firing = "ALERTS" };
        string l = large.ToPromQL(format), e = enough.ToPromQL(format);

        Assert.Equal($"({l} and on (tool) ({e} or ALERTS))", large.OnlyIf(enough).ToPromQL(format));
        Assert.Equal(l, large.OnlyIf(enough).ToPromQL(format with { IsFiringAlready = true }));
    }

    [Fact]
    public void Conditions_are_combined_with_and_and_or()
    {
        Expression count = new SeriesSum(Errors, SeriesFunction.Increase, FiveMinutes);

        Assert.Equal(
            "(((sum(increase(errors_total{type=\"a\", tool=~\"x|y\"}[5m])) / 2) >= 0.5) and (sum(increase(errors_total{type=\"a\", tool=~\"x|y\"}[5m])) > 10))",
            (count / 2).AtLeast(0.5).OnlyIf(count.Above(10)).ToPromQL([]));
    }

    [Fact]
    public void What_is_0_without_a_series_is_so_for_each_combination_that_the_other_side_knows()
    {
        Expression errors = new SeriesSum(Selector.Of("errors_total"), SeriesFunction.Increase, FiveMinutes), calls = new SeriesSum(Selector.Of("calls_total"), SeriesFunction.Increase, FiveMinutes);
        string e = errors.ToPromQL(ByTool), c = calls.ToPromQL(ByTool);

        Assert.Equal($"(({e} + {c}) or {c} or {e})", (errors.OrZero() + calls.OrZero()).ToPromQL(ByTool));
        Assert.Equal($"(({e} - {c}) or {e})", (errors - calls.OrZero()).ToPromQL(ByTool));
        Assert.Equal($"(({e} - {c}) or (0 - {c}))", (errors.OrZero() - calls).ToPromQL(ByTool));
        Assert.Equal($"(({e} / {c}) or (0 / {c}))", (errors.OrZero() / calls).ToPromQL(ByTool));
        Assert.Equal($"(({e} / {c}) or (0 / {c}) or ({e} / 0))", (errors.OrZero() / calls.OrZero()).ToPromQL(ByTool));
        Assert.Equal($"((({e} / {c}) or ({e} / 0)) > 0.5)", (errors.OrZero() / calls.OrZero()).Above(0.5).ToPromQL(ByTool));
        Assert.Equal($"(({e} / {e}) > 0.5)", (errors.OrZero() / errors.OrZero()).Above(0.5).ToPromQL(ByTool));
        Assert.Equal($"(({e} / (({c} + {e}) or {e} or {c})) > 0.5)", (errors.OrZero() / (calls.OrZero() + errors.OrZero())).Above(0.5).ToPromQL(ByTool));
        Assert.Equal($"({e} / {c})", (errors / calls).ToPromQL(ByTool));
        Assert.Equal($"(({e} > 5) unless ({c} > 0))", errors.Above(5).And(calls.OrZero().AtMost(0)).ToPromQL(ByTool));
        Assert.Equal("((sum(increase(errors_total[5m])) or vector(0)) / sum(increase(calls_total[5m])))", (errors.OrZero() / calls).ToPromQL([]));
    }

    [Theory]
    [InlineData(RuleComparison.Below, 1, true)]
    [InlineData(RuleComparison.Below, 0, false)]
    [InlineData(RuleComparison.AtMost, 0, true)]
    [InlineData(RuleComparison.AtMost, -1, false)]
    [InlineData(RuleComparison.Above, 0, false)]
    [InlineData(RuleComparison.AtLeast, 0, false)]
    public void Condition_holds_without_a_series_where_0_is_beyond_its_limit(RuleComparison comparison, double limit, bool holds)
    {
        Expression errors = new SeriesSum(Errors, SeriesFunction.Increase, FiveMinutes);

        Assert.Equal(holds, new Comparison(errors.OrZero(), comparison, limit).HoldsWhereAbsent);
        Assert.False(new Comparison(errors, comparison, limit).HoldsWhereAbsent);
    }

    [Fact]
    public void What_nobody_outside_knows_is_left_out()
    {
        Expression count = new SeriesSum(Errors, SeriesFunction.Increase, FiveMinutes), signal = new Signal("probes");
        string c = count.Above(3).ToPromQL([]);

        Assert.Equal(c, count.Above(3).And(signal.Above(1)).ToPromQL([]));
        Assert.Equal(c, signal.Above(1).And(count.Above(3)).ToPromQL([]));
        Assert.Equal(c, count.Above(3).OnlyIf(signal.Above(1)).ToPromQL([]));
        Assert.True(signal.Above(1).And(signal.Above(2)).IsOfProcess);
        Assert.False(signal.Above(1).And(count.Above(3)).IsOfProcess);
    }

    [Theory]
    [InlineData(172_800, "2d")]
    [InlineData(90_000, "25h")]
    [InlineData(3_660, "61m")]
    [InlineData(61, "61s")]
    [InlineData(0.25, "250ms")]
    public void Durations_are_whole_numbers_of_a_unit(double seconds, string text) => Assert.Equal(text, PromQL.Text(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Two_that_are_written_alike_are_equal()
    {
        Assert.Equal(new SeriesSum(Errors, SeriesFunction.Rate, FiveMinutes), new SeriesSum(Selector.Of("errors_total", "type=\"a\"", "tool=~\"x|y\""), SeriesFunction.Rate, FiveMinutes));
        Assert.NotEqual(new SeriesSum(Errors, SeriesFunction.Rate, FiveMinutes), new SeriesSum(Errors, SeriesFunction.Increase, FiveMinutes));
    }
}
