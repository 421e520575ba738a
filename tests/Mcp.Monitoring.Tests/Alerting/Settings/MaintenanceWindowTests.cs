using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Tests.Alerting.Settings;

public class MaintenanceWindowTests
{
    [Theory]
    [InlineData("2026-11-24T18:59:59Z", false)] // 21:59:59 on Tuesday in Moscow
    [InlineData("2026-11-24T19:00:00Z", true)]
    [InlineData("2026-11-25T02:59:59Z", true)]
    [InlineData("2026-11-25T03:00:00Z", false)]
    [InlineData("2026-11-25T19:00:00Z", false)] // Wednesday does not begin one
    public void Window_over_midnight_belongs_to_the_day_on_which_it_begins(string utc, bool isOpen)
    {
        MaintenanceWindow window = Window("22:00", "06:00", "Europe/Moscow", "Tue");

        Assert.Equal(isOpen, window.IsOpen(At(utc)));
    }

    [Theory]
    [InlineData("2026-03-28T01:30:00Z", true)] // 02:30 the day before the clocks go forward
    [InlineData("2026-03-29T00:59:59Z", false)] // 01:59:59, and 02:00 does not come
    [InlineData("2026-03-29T01:00:00Z", true)] // 03:00: where 02:00 would have been
    [InlineData("2026-03-29T01:59:59Z", true)]
    [InlineData("2026-03-29T02:00:00Z", false)] // 04:00
    public void Window_in_the_hour_that_does_not_come_opens_when_the_clock_goes_on(string utc, bool isOpen)
    {
        MaintenanceWindow window = Window("02:00", "04:00", "Europe/Berlin");

        Assert.Equal(isOpen, window.IsOpen(At(utc)));
    }

    [Theory]
    [InlineData("2026-10-24T23:59:59Z", false)]
    [InlineData("2026-10-25T00:00:00Z", true)] // 02:00 summer time
    [InlineData("2026-10-25T01:00:00Z", true)] // 02:00 again
    [InlineData("2026-10-25T01:59:59Z", true)]
    [InlineData("2026-10-25T02:00:00Z", false)]
    public void Window_in_the_hour_that_comes_twice_is_open_in_both(string utc, bool isOpen)
    {
        MaintenanceWindow window = Window("02:00", "03:00", "Europe/Berlin");

        Assert.Equal(isOpen, window.IsOpen(At(utc)));
    }

    [Theory]
    [InlineData("2026-11-24T12:00:00Z", "2026-11-24T19:00:00Z")]
    [InlineData("2026-11-24T19:00:00Z", "2026-11-25T03:00:00Z")]
    [InlineData("2026-11-25T03:00:00Z", "2026-12-01T19:00:00Z")]
    public void Next_change_is_the_next_edge(string now, string next)
    {
        MaintenanceWindow window = Window("22:00", "06:00", "Europe/Moscow", "Tuesday");

        Assert.Equal(At(next), window.NextChange(At(now)));
    }

    private static MaintenanceWindow Window(string from, string to, string zone, params string[] days) =>
        new(new MaintenanceOptions { From = from, To = to, Days = [.. days] }, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);
}
