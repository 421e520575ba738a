using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

public class WordingTests
{
    [Theory]
    [InlineData("00:00:00", "0 s")]
    [InlineData("00:00:59", "59 s")]
    [InlineData("00:01:00", "1 min")]
    [InlineData("00:59:59", "59 min")]
    [InlineData("01:00:00", "1 h")]
    [InlineData("02:05:00", "2 h 5 min")]
    [InlineData("1.00:00:00", "1 d")]
    [InlineData("1.04:00:00", "1 d 4 h")]
    [InlineData("6.04:00:00", "6 d")]
    public void Durations_are_said_in_two_units_at_most(string duration, string text)
    {
        Assert.Equal(text, AlertTexts.English.Elapsed(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Europe/Moscow", "2026-07-01", "MSK")]
    [InlineData("Europe/Berlin", "2026-07-01", "CEST")]
    [InlineData("Europe/Berlin", "2026-12-01", "CET")]
    [InlineData("Asia/Yekaterinburg", "2026-12-01", "UTC+05:00")]
    [InlineData("America/St_Johns", "2026-12-01", "UTC-03:30")]
    [InlineData("UTC", "2026-12-01", "UTC")]
    public void Zones_are_called_by_their_abbreviation_or_their_distance(string zone, string day, string name)
    {
        Assert.Equal(name, ZoneName.Of(TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), AlertTexts.English));
    }

    [Theory]
    [InlineData("a\r\n\tb", "a b")]
    [InlineData("a\u202Eb\u200Bc\u0007", "abc")]
    [InlineData("  a   b ", "a b")]
    [InlineData("привет", "привет")]
    [InlineData("3\u00A0000 строк", "3\u00A0000 строк")]
    [InlineData("a\u00A0b 3\u00A0 000\u00A0", "a b 3 000")]
    public void Lines_hold_what_can_be_seen(string text, string line)
    {
        Assert.Equal(line, LineSanitizer.Of(text, 100));
    }

    [Theory]
    [InlineData("Pwd={hunter2};Server=s", "Pwd={***};Server=s")]
    [InlineData("pass\u200Bword=hunter2", "password=***")]
    [InlineData("пароль\u202E:\u202C hunter2", "пароль: ***")]
    public void Lines_hold_no_secret_even_where_its_name_could_not_be_seen(string text, string line)
    {
        Assert.Equal(line, LineSanitizer.Of(text, 100));
    }

    [Theory]
    [InlineData("2026-11-24T10:00", "2026-11-24T10:30", "10:00–10:30 UTC")]
    [InlineData("2026-11-23T23:50", "2026-11-24T10:30", "23 Nov 23:50–10:30 UTC")]
    [InlineData("2026-11-23T10:00", "2026-11-23T10:30", "23 Nov 10:00–10:30 UTC")]
    [InlineData("2026-11-22T10:00", "2026-11-23T10:30", "22 Nov 10:00–23 Nov 10:30 UTC")]
    [InlineData("2026-11-24T10:00", "2026-11-24T10:02", "10:00–10:02 UTC")]
    [InlineData("2026-11-24T10:00", "2026-11-24T10:01:59", "10:00:00–10:01:59 UTC")]
    public void A_span_says_the_day_where_it_is_another_and_the_seconds_where_it_is_short(string from, string to, string text)
    {
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(text, new LocalTimes(TimeZoneInfo.Utc, AlertTexts.English).Span(Utc(from), Utc(to), now));
    }

    [Theory]
    [InlineData("abcde", "abcde")]
    [InlineData("abcdef", "abcd…")]
    public void Lines_are_as_long_as_they_may_be(string text, string line)
    {
        Assert.Equal(line, LineSanitizer.Of(text, 5));
    }

    [Fact]
    public void Lines_are_cut_between_two_characters()
    {
        Assert.Equal("ab…", LineSanitizer.Of("ab\U0001F469\u200D\U0001F469cd", 4));
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
