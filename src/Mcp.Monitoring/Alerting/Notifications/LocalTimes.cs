using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Times as the reader's clock shows them; the day only where it is another.</summary>
internal sealed class LocalTimes(TimeZoneInfo zone, AlertTexts texts)
{
    private const string Time = "HH':'mm", Seconds = "HH':'mm':'ss";

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(2);

    public string At(DateTimeOffset at, DateTimeOffset now) => $"{Format(at, now)} {ZoneName.Of(zone, at, texts)}";

    /// <summary>Writes a time of this day to the second.</summary>
    public string Exact(DateTimeOffset at, DateTimeOffset now) => Local(at).Date == Local(now).Date ? Local(at).ToString(Seconds, CultureInfo.InvariantCulture) : Format(at, now);

    public string Span(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => to - from < Short
        ? $"{Exact(from, now)}–{Exact(to, now)} {ZoneName.Of(zone, to, texts)}"
        : $"{Format(from, now)}–{Format(to, Local(from).Date == Local(to).Date ? to : now)} {ZoneName.Of(zone, to, texts)}";

    private string Format(DateTimeOffset at, DateTimeOffset now)
    {
        DateTimeOffset local = Local(at);
        string time = local.ToString(Time, CultureInfo.InvariantCulture);
        return local.Date == Local(now).Date ? time : string.Create(CultureInfo.InvariantCulture, $"{local.Day} {texts["unit.months"].Split(' ')[local.Month - 1]} {time}");
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
