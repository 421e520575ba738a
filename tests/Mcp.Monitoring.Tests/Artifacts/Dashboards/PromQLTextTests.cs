namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>The reader of queries finds what the rules about them must find.</summary>
public class PromQLTextTests
{
    [Theory]
    // Series, the function closest around them, and their range.
    [InlineData("sum(mcp_errors_total{job=~\"$job\"})", "mcp_errors_total sum ")]
    [InlineData("sum by (a, b) (rate(x_total{a=\"}\"}[5m]))", "x_total rate 5m")]
    [InlineData("up", "up  ")]
    [InlineData("max by (a) (up) and on (job) last_over_time(b[1h])", "up max |b last_over_time 1h")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(x_bucket[$__rate_interval]))) >= 0", "x_bucket rate $__rate_interval")]
    [InlineData("a / on (x) group_left () (sum by (x) (b_total) > 0)", "a  |b_total sum ")]
    [InlineData("(sum(a) or 0 * b) / (b > 0)", "a sum |b  |b  ")]
    [InlineData("sum_over_time((sum(increase(a_total[1m])))[$__range:1m])", "a_total increase 1m")]
    [InlineData("topk(10, sum(a_total offset 1d) unless b)", "a_total sum |b topk ")]
    public void Series_are_found_with_what_is_around_them(string expr, string expected) =>
        Assert.Equal(expected, string.Join('|', PromQLText.Selectors(expr).Select(selector => $"{selector.Name} {selector.Function} {selector.Range}")));

    [Theory]
    [InlineData("x{a=\"1\", b=~\"$b\"}", "a=\"1\" b=~\"$b\"")]
    [InlineData("x{a=~\"b|c, d\"}", "a=~\"b|c, d\"")]
    [InlineData("x", "")]
    public void Matchers_are_found(string expr, string expected) => Assert.Equal(expected, string.Join(' ', PromQLText.Selectors(expr)[0].Matchers));

    [Theory]
    [InlineData("sum by (a, b) (x)", "a b")]
    [InlineData("topk(3, sum by (a) (x))", "a")]
    [InlineData("sum by (a) (x) * on (a) group_left (c) y", "a c")]
    [InlineData("sum(x)", "")]
    [InlineData("x", null)]
    public void Labels_that_are_kept_are_found(string expr, string? expected) => Assert.Equal(expected, PromQLText.Labels(expr) is { } labels ? string.Join(' ', labels.Order()) : null);
}
