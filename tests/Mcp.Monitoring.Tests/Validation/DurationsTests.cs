using System.Globalization;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Tests.Validation;

public class DurationsTests
{
    [Theory]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("12h", "12:00:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("250ms", "00:00:00.250")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1d2h3m4s5ms", "1.02:03:04.005")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("0.1ms", "00:00:00.0001")]
    [InlineData(".5s", "00:00:00.500")]
    [InlineData("0s", "00:00:00")]
    [InlineData(" 30s ", "00:00:30")]
    [InlineData("-30s", "-00:00:30")]
    [InlineData("-1h30m", "-01:30:00")]
    [InlineData("00:00:30", "00:00:30")]
    [InlineData("7.00:00:00", "7.00:00:00")]
    [InlineData("-00:00:30", "-00:00:30")]
    [InlineData("00:00:00.0000001", "00:00:00.0000001")]
    [InlineData("1000000d", "1000000.00:00:00")]
    public void Time_is_read(string text, string time)
    {
        Assert.Equal(TimeSpan.Parse(time, CultureInfo.InvariantCulture), Durations.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("--5s")]
    [InlineData("+5s")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("30x")]
    [InlineData("30S")]
    [InlineData("30 s")]
    [InlineData("1h 30m")]
    [InlineData("30s5")]
    [InlineData("1,5h")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("1e3s")]
    [InlineData("NaNs")]
    [InlineData("Infinityd")]
    [InlineData("٣٠s")]
    [InlineData("30s\0")]
    [InlineData("1h-30m")]
    [InlineData("00:00:60")]
    [InlineData("00:60:00")]
    [InlineData("1:2:3:4:5")]
    [InlineData(":")]
    [InlineData("thirty seconds")]
    public void Text_that_is_no_time_is_not_read(string text)
    {
        Assert.Null(Durations.Parse(text));
    }

    [Theory]
    [InlineData("100000000d")]
    [InlineData("-100000000d")]
    [InlineData("9999999999999999999999999999d")]
    [InlineData("99999999.00:00:00")]
    public void Time_that_is_too_long_is_not_read(string text)
    {
        Assert.Null(Durations.Parse(text));
    }

    [Fact]
    public void Number_without_end_is_not_read()
    {
        Assert.Null(Durations.Parse(new string('9', 100_000) + "d"));
    }

    [Theory]
    [InlineData("24:00")]
    [InlineData("99:00")]
    public void Hours_that_would_become_days_are_not_read(string text)
    {
        Assert.Null(Durations.Parse(text));
    }
}
