using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

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
    [InlineData("24:00", 24 * 60 * 60)]
    [InlineData("24:00:00", 24 * 60 * 60)]
    [InlineData("36:00:00", 36 * 60 * 60)]
    [InlineData("99:30", (99 * 60 * 60) + (30 * 60))]
    [InlineData("720:00:00", 30 * 24 * 60 * 60)]
    [InlineData("100:00:00", 100 * 60 * 60)]
    [InlineData("-48:00:00", -48 * 60 * 60)]
    [InlineData("0:30", 30 * 60)]
    [InlineData("1:02:03:04", 93_784)]
    public void Hours_past_23_are_hours(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));
    }

    [Theory]
    [InlineData("1.24:00:00")]
    [InlineData("1:24:00:00")]
    [InlineData(".12:00:00")]
    [InlineData("1.2:3:4:5")]
    [InlineData(":1:2:3")]
    [InlineData("1:2:3:")]
    [InlineData("00:00:00.")]
    [InlineData("00:00:00.12345678")]
    [InlineData("00:-1:00")]
    [InlineData("00:00.5")]
    [InlineData("1d 00:00:00")]
    [InlineData("٢:00:00")]
    public void Clock_that_no_reader_would_agree_on_is_not_read(string text)
    {
        Assert.Null(Durations.Parse(text));
    }

    [Theory]
    [InlineData("1h1h")]
    [InlineData("5m1h")]
    [InlineData("5ms3s")]
    public void Units_come_once_and_from_the_greatest(string text)
    {
        Assert.Null(Durations.Parse(text));
    }

    [Theory]
    [InlineData("1.001s", 10_010_000)]
    [InlineData("0.3s", 3_000_000)]
    [InlineData("2.0007h", 72_025_200_000)]
    public void Fraction_is_exact(string text, long ticks)
    {
        Assert.Equal(new TimeSpan(ticks), Durations.Parse(text));
    }

    [Fact]
    public void Every_time_is_read_as_it_is_written()
    {
        var chance = new Random(20261129);
        long[] edges = [0, 1, -1, long.MinValue, long.MaxValue, TimeSpan.TicksPerDay, TimeSpan.TicksPerDay - 1, -TimeSpan.TicksPerDay];
        foreach (long ticks in edges.Concat(Enumerable.Range(0, 20_000).Select(_ => chance.NextInt64(long.MinValue, long.MaxValue) >> chance.Next(64))))
        {
            var time = new TimeSpan(ticks);

            Assert.Equal(time, Durations.Parse(time.ToString("c", CultureInfo.InvariantCulture)));
        }
    }
}
