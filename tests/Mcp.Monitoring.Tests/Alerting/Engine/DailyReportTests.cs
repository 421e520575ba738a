using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>When the daily report is told: once a day, on the clock of the time zone, whatever restarts and clocks do.</summary>
public class DailyReportTests
{
    private readonly AlertOptions _options = new() { DailyReport = "09:00", TimeZone = "Europe/Berlin" };
    private readonly SavedRows _rows = new();
    private readonly List<string> _told = [];
    private FakeTimeProvider _time = new();
    private DailyReport _report = null!;

    [Fact]
    public void It_is_told_each_day_at_its_time()
    {
        Start("2026-11-24T07:30:00Z");
        Pass(TimeSpan.FromHours(50));

        Assert.Equal(["2026-11-24 08:00", "2026-11-25 08:00", "2026-11-26 08:00"], _told);
    }

    [Theory]
    [InlineData("2026-03-27T12:00:00Z", "2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30")] // 02:30 does not come on the 29th: at 03:00
    [InlineData("2026-10-23T12:00:00Z", "2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30")] // 02:30 comes twice on the 25th: the first time
    public void It_is_told_once_on_the_days_when_clocks_change(string start, params string[] told)
    {
        _options.DailyReport = "02:30";
        Start(start);
        Pass(TimeSpan.FromHours(72));

        Assert.Equal(told, _told);
    }

    [Fact]
    public void A_restart_tells_nothing_twice_and_nothing_is_left_out_that_was_due_in_between()
    {
        Start("2026-11-24T07:30:00Z");
        Pass(TimeSpan.FromHours(1));
        Assert.Equal(["2026-11-24 08:00"], _told);

        Start("2026-11-24T08:31:00Z");
        Pass(TimeSpan.FromHours(5));
        Assert.Single(_told);

        Start("2026-11-25T11:00:00Z");
        Pass(TimeSpan.FromHours(5));

        Assert.Equal(["2026-11-24 08:00", "2026-11-25 11:01"], _told);
    }

    [Fact]
    public void Whoever_switches_it_on_waits_for_the_next_time_also_over_a_restart()
    {
        Start("2026-11-24T09:00:00Z");
        Pass(TimeSpan.FromHours(2));
        Start("2026-11-24T12:00:00Z");
        Pass(TimeSpan.FromHours(2));
        Assert.Empty(_told);

        Start("2026-11-25T07:59:00Z");
        Pass(TimeSpan.FromHours(2));

        Assert.Equal(["2026-11-25 08:00"], _told);
    }

    [Fact]
    public void Another_time_counts_from_the_reload_on_and_none_ends_it()
    {
        Start("2026-11-24T07:30:00Z");
        Pass(TimeSpan.FromHours(2));
        _options.DailyReport = "15:00";
        Pass(TimeSpan.FromHours(5));
        Assert.Equal(["2026-11-24 08:00", "2026-11-24 14:00"], _told);

        _options.DailyReport = null;
        Pass(TimeSpan.FromHours(48));

        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void A_clock_that_was_far_ahead_does_not_keep_it_away()
    {
        Start("2031-01-01T07:30:00Z");
        Pass(TimeSpan.FromHours(2));
        _told.Clear();

        Start("2026-11-24T07:30:00Z");
        Pass(TimeSpan.FromHours(26));

        Assert.Equal(["2026-11-24 08:00", "2026-11-25 08:00"], _told);
    }

    [Fact]
    public void Nothing_is_told_in_the_first_minute_for_nothing_is_known_then()
    {
        Start("2026-11-24T07:30:00Z");
        Pass(TimeSpan.FromHours(1));
        Start("2026-11-25T09:00:00Z");
        Pass(TimeSpan.FromSeconds(45));
        Assert.Single(_told);

        Pass(TimeSpan.FromSeconds(30));

        Assert.Equal(2, _told.Count);
    }

    private void Start(string utc)
    {
        _time = new FakeTimeProvider(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture));
        _report = new DailyReport(new AlertClock(_time), () => _options, () => _told.Add(_time.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        _report.Begin(_rows.All);
    }

    // As the engine does it, with each evaluation.
    private void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(15))
        {
            var changes = new StateChanges();
            _report.Tick(changes);
            _rows.Save(changes);
            _time.Advance(TimeSpan.FromSeconds(15));
        }
    }
}
