using Mcp.Monitoring.Alerting.Rules.Annotations;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Annotations;

public class WordingTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0004, "0.4 ms")]
    [InlineData(0.85, "850 ms")]
    [InlineData(1.234, "1.23 s")]
    [InlineData(59.96, "60 s")]
    [InlineData(125, "2 min")]
    [InlineData(double.PositiveInfinity, "?")]
    [InlineData(double.NaN, "?")]
    public void Measured_time_has_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, Wording.Seconds(seconds));

    [Theory]
    [InlineData(30, "30 s")]
    [InlineData(60, "1 min")]
    [InlineData(90, "90 s")]
    [InlineData(300, "5 min")]
    [InlineData(3_600, "1 h")]
    [InlineData(5_400, "90 min")]
    [InlineData(9_000, "2 h 30 min")]
    [InlineData(86_400, "24 h")]
    [InlineData(259_200, "3 d")]
    [InlineData(266_400, "3 d 2 h")]
    public void Time_that_passes_has_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, Wording.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.925, "92.5 %")]
    [InlineData(0.0025, "0.25 %")]
    [InlineData(0.000012, "0.0012 %")]
    [InlineData(double.NaN, "?")]
    public void Share_shows_what_matters_of_it(double share, string text) => Assert.Equal(text, Wording.Percent(share));

    [Theory]
    [InlineData(3_000, "3,000")]
    [InlineData(4.7, "5")]
    [InlineData(double.NaN, "?")]
    public void Count_is_a_whole_number(double number, string text) => Assert.Equal(text, Wording.Count(number));

    [Fact]
    public void Long_list_says_how_many_it_leaves_out()
    {
        (string, double)[] counted = [.. Enumerable.Range(1, 7).Select(i => ($"tool_{i}", 10.0 - i))];

        Assert.Equal("tool_1 9, tool_2 8, tool_3 7, tool_4 6, tool_5 5, 2 others", Wording.Most(counted));
    }
}
