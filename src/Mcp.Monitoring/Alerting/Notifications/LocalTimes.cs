using System.Globalization;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Times as the reader's clock shows them; the day only where it is another.</summary>
internal sealed class LocalTimes(TimeZoneInfo zone)
{
    private const string Time = "HH':'mm", Day = "d MMM HH':'mm", Seconds = "HH':'mm':'ss";

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(2);

    public string At(DateTimeOffset at, DateTimeOffset now) => $"{Format(at, now)} {ZoneName.Of(zone, at)}";

    /// <summary>Writes a time of this day to the second.</summary>
    public string Exact(DateTimeOffset at, DateTimeOffset now) => Local(at).Date == Local(now).Date ? Local(at).ToString(Seconds, CultureInfo.InvariantCulture) : Format(at, now);

    public string Span(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => to - from < Short
        ? $"{Exact(from, now)}–{Exact(to, now)} {ZoneName.Of(zone, to)}"
        : $"{Format(from, now)}–{Format(to, Local(from).Date == Local(to).Date ? to : now)} {ZoneName.Of(zone, to)}";

    private string Format(DateTimeOffset at, DateTimeOffset now) =>
        Local(at).ToString(Local(at).Date == Local(now).Date ? Time : Day, CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
