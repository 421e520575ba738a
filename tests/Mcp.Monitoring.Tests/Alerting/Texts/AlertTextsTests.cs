using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>Numbers, times and their words in Russian, and what both languages have in common.</summary>
public class AlertTextsTests
{
    private static readonly AlertTexts Russian = AlertTexts.In(AlertLanguage.Ru);
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 строк", "0 more lines")]
    [InlineData(1, "1 строка", "1 more line")]
    [InlineData(2, "2 строки", "2 more lines")]
    [InlineData(4, "4 строки", "4 more lines")]
    [InlineData(5, "5 строк", "5 more lines")]
    [InlineData(11, "11 строк", "11 more lines")]
    [InlineData(12, "12 строк", "12 more lines")]
    [InlineData(14, "14 строк", "14 more lines")]
    [InlineData(20, "20 строк", "20 more lines")]
    [InlineData(21, "21 строка", "21 more lines")]
    [InlineData(22, "22 строки", "22 more lines")]
    [InlineData(25, "25 строк", "25 more lines")]
    [InlineData(100, "100 строк", "100 more lines")]
    [InlineData(101, "101 строка", "101 more lines")]
    [InlineData(111, "111 строк", "111 more lines")]
    [InlineData(112, "112 строк", "112 more lines")]
    [InlineData(1_001, "1\u00A0001 строка", "1,001 more lines")]
    public void Word_has_the_form_of_its_number(int count, string russian, string english)
    {
        Assert.Equal($"… обрезано, ещё {russian}", Russian.Say("cut", count));
        Assert.Equal($"… cut, {english}", AlertTexts.English.Say("cut", count));
        Assert.Equal(Russian.Say("cut", count), Russian.Say("cut", (double)count));
        Assert.Equal(Russian.Say("cut", count), Russian.Say("cut", (long)count));
    }

    [Theory]
    [InlineData(1, "1 раз ", "1 time ")]
    [InlineData(1.2, "1,2 раза ", "1.2 times ")]
    [InlineData(2, "2 раза ", "2 times ")]
    [InlineData(14.4, "14,4 раза ", "14.4 times ")]
    [InlineData(15, "15 раз ", "15 times ")]
    [InlineData(21, "21 раз ", "21 times ")]
    [InlineData(double.NaN, "? раз ", "? times ")]
    public void Number_with_a_fraction_has_a_form_too(double number, string russian, string english)
    {
        Assert.Contains(russian, Russian.Say("summary.burn", "a", new Amount(number)), StringComparison.Ordinal);
        Assert.Contains(english, AlertTexts.English.Say("summary.burn", "a", new Amount(number)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, "1 из 1 вызова завершился ошибкой за 5 мин")]
    [InlineData(1, 20, "1 из 20 вызовов завершился ошибкой за 5 мин (5 %)")]
    [InlineData(2, 21, "2 из 21 вызова завершились ошибкой за 5 мин (9,52 %)")]
    [InlineData(14, 14, "14 из 14 вызовов завершились ошибкой за 5 мин")]
    [InlineData(1_988, 2_000, "1\u00A0988 из 2\u00A0000 вызовов завершились ошибкой за 5 мин (99,4 %)")]
    public void Share_agrees_with_its_part_and_its_whole(double part, double whole, string text) =>
        Assert.Equal(text, Russian.Share("share.calls_failed", part, whole, TimeSpan.FromMinutes(5)));

    [Theory]
    [InlineData(0.0004, "0,4 мс")]
    [InlineData(0.85, "850 мс")]
    [InlineData(1.25, "1,25 с")]
    [InlineData(119, "119 с")]
    [InlineData(9_000, "2 ч 30 мин")]
    [InlineData(190_000, "2 дн 4 ч")]
    public void Measured_time_has_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, Russian.Seconds(seconds));

    [Theory]
    [InlineData("00:00:59", "59 с")]
    [InlineData("00:59:59", "59 мин")]
    [InlineData("02:05:00", "2 ч 5 мин")]
    [InlineData("1.04:00:00", "1 дн 4 ч")]
    [InlineData("6.04:00:00", "6 дн")]
    public void Duration_is_said_in_two_units_at_most(string duration, string text) =>
        Assert.Equal(text, Russian.Elapsed(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0.92, "92 %")]
    [InlineData(0.0025, "0,25 %")]
    [InlineData(0.000012, "0,0012 %")]
    [InlineData(double.NaN, "?")]
    public void Percent_has_a_comma(double share, string text) => Assert.Equal(text, Russian.Percent(share));

    [Theory]
    [InlineData("Europe/Moscow", "2025-12-31T21:30", "2026-05-02T02:40", "1 янв 00:30–2 мая 05:40 МСК")]
    [InlineData("Europe/Moscow", "2026-11-23T19:00", "2026-11-24T02:40", "23 ноя 22:00–05:40 МСК")]
    [InlineData("Europe/Berlin", "2026-07-02T19:00", "2026-11-24T02:40", "2 июл 21:00–03:40 CET")]
    [InlineData("Asia/Yekaterinburg", "2026-08-02T19:00", "2026-11-24T02:40", "3 авг 00:00–07:40 UTC+05:00")]
    public void Time_has_the_month_and_the_zone_as_they_are_written(string zone, string from, string to, string text) =>
        Assert.Equal(text, new LocalTimes(TimeZoneInfo.FindSystemTimeZoneById(zone), Russian).Span(Utc(from), Utc(to), Noon));

    [Fact]
    public void Each_month_has_a_name_in_each_language()
    {
        foreach (AlertLanguage language in Enum.GetValues<AlertLanguage>())
        {
            string[] named = [.. Enumerable.Range(0, 12).Select(month => new LocalTimes(TimeZoneInfo.Utc, AlertTexts.In(language)).At(new DateTimeOffset(2025, 1, 5, 3, 4, 0, TimeSpan.Zero).AddMonths(month), Noon))];

            Assert.Equal(12, named.Distinct(StringComparer.Ordinal).Count());
            Assert.All(named, name => Assert.Matches(@"^5 \w{3} 03:04 UTC$", name));
        }
    }

    [Fact]
    public void Each_severity_has_a_word_in_each_language_and_its_label_stays()
    {
        Assert.Equal(["low", "medium", "high", "critical"], Enum.GetValues<AlertSeverity>().Order().Select(AlertTexts.English.Word));
        Assert.Equal(["несрочно", "умеренно", "важно", "критично"], Enum.GetValues<AlertSeverity>().Order().Select(Russian.Word));
        Assert.Equal(["low", "medium", "high", "critical"], Enum.GetValues<AlertSeverity>().Order().Select(severity => severity.Label()));
    }

    [Fact]
    public void What_stands_in_a_value_is_no_place()
    {
        Assert.Equal("Инцидент 1234", Russian.Incident(1_234));
        Assert.Equal("Инцидент {0} {0|a|b}", Russian.Say("incident", "{0} {0|a|b}"));
    }

    [Fact]
    public void Text_that_is_not_there_and_value_that_is_none_are_mistakes()
    {
        Assert.Throws<ArgumentException>(() => Russian["no_such_text"]);
        Assert.Throws<ArgumentException>(() => Russian.Say("incident", TimeSpan.Zero));
    }

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
