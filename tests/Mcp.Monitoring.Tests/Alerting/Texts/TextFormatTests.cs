using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

public class TextFormatTests
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
    public void Measured_time_has_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, AlertTexts.English.Seconds(seconds));

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
    public void Time_that_passes_has_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, AlertTexts.English.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_599, "59 min")]
    [InlineData(3_600, "1 h")]
    [InlineData(5_459, "1 h 30 min")]
    [InlineData(86_399, "23 h 59 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(194_400, "2 d 6 h")]
    [InlineData(259_200, "3 d")]
    [InlineData(266_400, "3 d")]
    public void Time_that_has_passed_is_told_in_units_that_are_complete(double seconds, string text) => Assert.Equal(text, AlertTexts.English.Elapsed(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(14, 20, "14 of 20 calls failed in 5 min (70 %)")]
    [InlineData(14, 14, "14 of 14 calls failed in 5 min")]
    [InlineData(14, 13, "14 of 14 calls failed in 5 min")]
    public void Share_is_told_of_its_whole(double part, double whole, string text) => Assert.Equal(text, AlertTexts.English.Share("share.calls_failed", part, whole, TimeSpan.FromMinutes(5)));

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.925, "92.5 %")]
    [InlineData(0.0025, "0.25 %")]
    [InlineData(0.000012, "0.0012 %")]
    [InlineData(double.NaN, "?")]
    public void Share_shows_what_matters_of_it(double share, string text) => Assert.Equal(text, AlertTexts.English.Percent(share));

    [Theory]
    [InlineData(3_000, "3,000")]
    [InlineData(4.7, "5")]
    [InlineData(double.NaN, "?")]
    public void Count_is_a_whole_number(double number, string text) => Assert.Equal(text, AlertTexts.English.Count(number));

    [Fact]
    public void Long_list_says_how_many_it_leaves_out()
    {
        (string, double)[] counted = [.. Enumerable.Range(1, 7).Select(i => ($"tool_{i}", 10.0 - i))];

        Assert.Equal("tool_1 9, tool_2 8, tool_3 7, tool_4 6, tool_5 5, 2 others", AlertTexts.English.Most(counted));
    }
}
