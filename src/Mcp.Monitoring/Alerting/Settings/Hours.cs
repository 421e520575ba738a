using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>Times of the day and days of the week, as people write them.</summary>
internal static class Hours
{
    public const int DaysOfWeek = 7;

    private const string EndOfDay = "24:00";

    // As people shorten them; each set is one day, from Sunday on as DayOfWeek counts.
    private static readonly string[][] DayNames =
        [["Sun", "Sunday"], ["Mon", "Monday"], ["Tue", "Tues", "Tuesday"], ["Wed", "Wednesday"], ["Thu", "Thur", "Thurs", "Thursday"], ["Fri", "Friday"], ["Sat", "Saturday"]];

    public static TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;

    /// <summary>Reads a time at which something ends: <c>24:00</c> is the end of the day.</summary>
    public static TimeOnly? EndOf(string text) => IsEndOfDay(text) ? TimeOnly.MinValue : TimeOf(text);

    public static bool IsEndOfDay(string text) => text.Trim() == EndOfDay;

    /// <summary>Reads hours, such as <c>09:00-18:00</c>.</summary>
    /// <returns><see langword="null"/> where they are none, or from a time to the same.</returns>
    public static (TimeOnly From, TimeOnly To)? SpanOf(string text)
    {
        string[] parts = text.Split('-', '–');
        return parts.Length == 2 && TimeOf(parts[0]) is { } from && EndOf(parts[1]) is { } to && (from != to || IsEndOfDay(parts[1])) ? (from, to) : null;
    }

    public static DayOfWeek? DayOf(string text)
    {
        int index = Array.FindIndex(DayNames, names => names.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase));
        return index < 0 ? null : (DayOfWeek)index;
    }

    public static IEnumerable<Fault> CheckDays(string path, IList<string> days) =>
        from entry in days.Index()
        where DayOf(entry.Item) is null
        select Fault.Of($"{path}:{entry.Index}", entry.Item, $"{NearestName.Suggest(entry.Item, DayNames.SelectMany(names => names))}Write Mon, Tue, Wed, Thu, Fri, Sat or Sun, each day an entry of its own.");
}
