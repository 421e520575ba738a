namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>
/// A time that comes again, on the clocks of its time zone. On the days when those change it is rather too long than too short: an hour that comes twice belongs to
/// it, and what would begin in an hour that does not come begins right after it.
/// </summary>
internal sealed class MaintenanceWindow(MaintenanceOptions options, TimeZoneInfo zone)
{
    private const int DaysAhead = 9; // a weekly window begins again within 8 days
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(25); // where a day was left out

    private readonly LabelMatcher[] _match = Alerting.Matchers.Parse(options.Match);
    private readonly TimeOnly _from = MaintenanceOptions.TimeOf(options.From) ?? TimeOnly.MinValue;
    private readonly TimeOnly _to = MaintenanceOptions.EndOf(options.To) ?? TimeOnly.MinValue;
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
                yield return On(day);
            }
        }
    }

    private (DateTimeOffset Start, DateTimeOffset End) On(DateOnly day)
    {
        DateTime from = day.ToDateTime(_from);
        DateTime to = (_to > _from ? day : day.AddDays(1)).ToDateTime(_to);
        DateTimeOffset start = Start(from);
        DateTimeOffset end = End(to);

        // One that is over before the clock goes on comes after it, as a job does that is planned for then.
        return (start, end > start ? end : start + (to - from));
    }

    private DateTimeOffset Start(DateTime local) => zone.IsInvalidTime(local) ? EndOfGap(Shifted(local)) : At(local, first: true);

    private DateTimeOffset End(DateTime local) => zone.IsInvalidTime(local) ? Shifted(local) : At(local, first: false);

    // As if the clock had not been put forward.
    private DateTimeOffset Shifted(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local - LongestGap)).ToUniversalTime();

    private DateTimeOffset EndOfGap(DateTimeOffset after)
    {
        TimeSpan offset = zone.GetUtcOffset(after);
        DateTimeOffset before = after - LongestGap;
        while (after - before > TimeSpan.FromTicks(1))
        {
            DateTimeOffset middle = before + ((after - before) / 2);
            (before, after) = zone.GetUtcOffset(middle) == offset ? (before, middle) : (middle, after);
        }

        return after;
    }

    private DateTimeOffset At(DateTime local, bool first)
    {
        TimeSpan offset = !zone.IsAmbiguousTime(local) ? zone.GetUtcOffset(local)
            : first ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetAmbiguousTimeOffsets(local).Min();
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
