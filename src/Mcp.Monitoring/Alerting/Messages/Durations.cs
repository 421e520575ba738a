using System.Globalization;

namespace Mcp.Monitoring.Alerting.Messages;

/// <summary>Durations as people say them: the two largest units at most.</summary>
internal static class Durations
{
    public static string Text(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => Say($"{Math.Max(0, (int)duration.TotalSeconds)} s"),
        { TotalHours: < 1 } => Say($"{(int)duration.TotalMinutes} min"),
        { TotalDays: < 1, Minutes: 0 } => Say($"{duration.Hours} h"),
        { TotalDays: < 1 } => Say($"{duration.Hours} h {duration.Minutes} min"),
        { TotalDays: < 3, Hours: > 0 } => Say($"{duration.Days} d {duration.Hours} h"),
        _ => Say($"{duration.Days} d"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
