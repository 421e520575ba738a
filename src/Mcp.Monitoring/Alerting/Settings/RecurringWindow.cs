namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>
/// A time that comes again, on the clocks of its time zone. On the days when those change it is rather too long than too short: an hour that comes twice belongs to
/// it, and what would begin in an hour that does not come begins right after it.
/// </summary>
/// <param name="from">When it begins.</param>
/// <param name="to">When it ends: on the next day, if that is not after the beginning.</param>
/// <param name="days">The days on which it begins; every day where there is none.</param>
/// <param name="zone">The time zone.</param>
internal sealed class RecurringWindow(TimeOnly from, TimeOnly to, IReadOnlyCollection<DayOfWeek> days, TimeZoneInfo zone)
{
    private const int DaysAhead = 9; // a weekly window begins again within 8 days
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(25); // where a day was left out

    public bool IsOpen(DateTimeOffset utc) => Around(utc).Any(window => window.Start <= utc && utc < window.End);

    /// <summary>Gets when it opens or closes next.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset utc) =>
        Around(utc).SelectMany(window => new DateTimeOffset?[] { window.Start, window.End }).Where(edge => edge > utc).Min();

    /// <summary>Gets when it began last, on this day or the day before.</summary>
    public DateTimeOffset? LastStart(DateTimeOffset utc) => Around(utc).Select(window => (DateTimeOffset?)window.Start).Where(start => start <= utc).Max();

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Around(DateTimeOffset utc)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);
        for (int offset = -1; offset <= DaysAhead; offset++)
        {
            DateOnly day = today.AddDays(offset);
            if (days.Count == 0 || days.Contains(day.DayOfWeek))
            {
                yield return On(day);
            }
        }
    }

    private (DateTimeOffset Start, DateTimeOffset End) On(DateOnly day)
    {
        DateTime begin = day.ToDateTime(from);
        DateTime finish = (to > from ? day : day.AddDays(1)).ToDateTime(to);
        DateTimeOffset start = Start(begin);
        DateTimeOffset end = End(finish);

        // One that is over before the clock goes on comes after it, as a job does that is planned for then.
        return (start, end > start ? end : start + (finish - begin));
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
