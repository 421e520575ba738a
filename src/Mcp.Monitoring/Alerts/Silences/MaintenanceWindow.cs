namespace Mcp.Monitoring.Alerts.Silences;

/// <summary>A time that comes again, on the clocks of its time zone: it may last an hour more or less on the days when those change.</summary>
internal sealed class MaintenanceWindow(MaintenanceOptions options, TimeZoneInfo zone)
{
    private const int DaysAhead = 9; // a weekly window begins again within 8 days

    private readonly LabelMatcher[] _match = Alerts.Matchers.Parse(options.Match);
    private readonly TimeOnly _from = MaintenanceOptions.TimeOf(options.From) ?? TimeOnly.MinValue;
    private readonly TimeOnly _to = MaintenanceOptions.TimeOf(options.To) ?? TimeOnly.MinValue;
    private readonly DayOfWeek[] _days = [.. options.Days.Select(MaintenanceOptions.DayOf).OfType<DayOfWeek>()];

    public bool IsMatch(ActiveAlert alert) => _match.IsMatch(alert);

    public bool IsOpen(DateTimeOffset utc) => Around(utc).Any(window => window.Start <= utc && utc < window.End);

    /// <summary>Gets when it opens or closes next.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset utc) =>
        Around(utc).SelectMany(window => new DateTimeOffset?[] { window.Start, window.End }).Where(edge => edge > utc).Min();

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Around(DateTimeOffset utc)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        for (int offset = -1; offset <= DaysAhead; offset++)
        {
            DateOnly day = today.AddDays(offset);
            if (_days.Length == 0 || _days.Contains(day.DayOfWeek))
            {
                yield return (Instant(day, _from, isEnd: false), Instant(_to > _from ? day : day.AddDays(1), _to, isEnd: true));
            }
        }
    }

    // An hour that comes twice belongs to the window, one that does not come is where the clock goes on.
    private DateTimeOffset Instant(DateOnly day, TimeOnly time, bool isEnd)
    {
        DateTime local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            DateTime before = local.AddDays(-1);
            return new DateTimeOffset(local, zone.GetUtcOffset(before)).ToUniversalTime();
        }

        if (zone.IsAmbiguousTime(local))
        {
            TimeSpan[] offsets = zone.GetAmbiguousTimeOffsets(local);
            return new DateTimeOffset(local, isEnd ? offsets.Min() : offsets.Max()).ToUniversalTime();
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
