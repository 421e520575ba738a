using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Tests.Alerting.Settings;

/// <summary>Windows on the days when clocks change, in zones that do it at other times, by other amounts and over midnight.</summary>
public class MaintenanceClockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("Europe/Berlin", "02:30", "04:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")] // 03:00 to 04:00
    [InlineData("Europe/Berlin", "02:00", "03:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")] // the hour that is left out, right after it
    [InlineData("Europe/Berlin", "02:30", "03:00", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Berlin", "02:15", "02:45", "2026-03-29T01:00:00Z", "2026-03-29T01:45:00Z")]
    [InlineData("Europe/Berlin", "01:00", "02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z")] // as long as on other days
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-28T21:00:00Z", "2026-03-29T01:30:00Z")] // over midnight
    [InlineData("Europe/London", "01:30", "03:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("America/New_York", "02:30", "04:00", "2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("America/Havana", "00:30", "02:00", "2026-03-08T05:00:00Z", "2026-03-08T06:00:00Z")] // midnight does not come
    [InlineData("Africa/Cairo", "00:00", "01:00", "2026-04-23T22:00:00Z", "2026-04-23T23:00:00Z")]
    [InlineData("Australia/Lord_Howe", "02:10", "03:00", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z")] // half an hour
    public void What_would_begin_in_the_hour_that_does_not_come_begins_right_after_it(string zone, string from, string to, string opens, string closes)
    {
        Verify(zone, from, to, opens, closes);
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30", "04:00", "2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z")] // from the first 02:30
    [InlineData("Europe/Berlin", "01:00", "02:30", "2026-10-24T23:00:00Z", "2026-10-25T01:30:00Z")] // to the second
    [InlineData("Europe/Berlin", "02:15", "02:45", "2026-10-25T00:15:00Z", "2026-10-25T01:45:00Z")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-24T20:00:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("Europe/Dublin", "01:30", "03:00", "2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z")]
    [InlineData("America/New_York", "01:30", "03:00", "2026-11-01T05:30:00Z", "2026-11-01T08:00:00Z")]
    [InlineData("Australia/Lord_Howe", "01:40", "03:00", "2026-04-04T14:40:00Z", "2026-04-04T16:30:00Z")]
    public void An_hour_that_comes_twice_belongs_to_the_window(string zone, string from, string to, string opens, string closes)
    {
        Verify(zone, from, to, opens, closes);
    }

    [Theory]
    [InlineData("00:00", "24:00")]
    [InlineData("12:00", "24:00")]
    public void The_end_of_the_day_is_midnight(string from, string to)
    {
        MaintenanceWindow window = Window("Europe/Moscow", from, to, "Wed");

        Assert.True(window.IsOpen(At("2026-11-25T20:59:59Z")));
        Assert.False(window.IsOpen(At("2026-11-25T21:00:00Z")));
    }

    [Fact]
    public void A_daily_window_opens_every_day_of_every_year_in_every_zone()
    {
        string[] zones = ["Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Havana", "America/Santiago", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Chatham", "UTC"];
        var chance = new Random(4);
        foreach (string zone in zones)
        {
            for (int i = 0; i < 25; i++)
            {
                int from = chance.Next(24 * 60), length = 1 + chance.Next((24 * 60) - 1);
                MaintenanceWindow window = Window(zone, Text(from), Text((from + length) % (24 * 60)));
                DateTimeOffset now = At("2026-01-01T00:00:00Z");
                for (int day = 0; day < 366; day++)
                {
                    now = NextOpening(window, now) is { } opening && opening - now < TimeSpan.FromHours(49.5)
                        ? opening
                        : throw new InvalidOperationException($"{zone} {Text(from)} for {length} min does not open after {now:u}.");
                    Assert.True(window.IsOpen(now));
                    now += Minute;
                }
            }
        }
    }

    private static DateTimeOffset? NextOpening(MaintenanceWindow window, DateTimeOffset now)
    {
        for (DateTimeOffset? edge = window.NextChange(now); edge is { } at; edge = window.NextChange(at))
        {
            if (window.IsOpen(at) && !window.IsOpen(at - TimeSpan.FromTicks(1)))
            {
                return at;
            }
        }

        return null;
    }

    private static void Verify(string zone, string from, string to, string opens, string closes)
    {
        MaintenanceWindow window = Window(zone, from, to);

        Assert.False(window.IsOpen(At(opens) - Minute));
        Assert.True(window.IsOpen(At(opens)));
        Assert.True(window.IsOpen(At(closes) - Minute));
        Assert.False(window.IsOpen(At(closes)));
    }

    private static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static MaintenanceWindow Window(string zone, string from, string to, params string[] days) =>
        new(new MaintenanceOptions { From = from, To = to, Days = [.. days] }, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);
}
