using System.Globalization;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts.Silences;

/// <summary>A time that comes again each day or week, at which nobody is told of some alerts.</summary>
public sealed class MaintenanceOptions : ISettings
{
    private static readonly string[] DayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Gets or sets what an alert must have, as matchers: <c>dependency="1c"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    /// <value>The default is an empty list: every alert.</value>
    public IList<string> Match { get; set; } = [];

    /// <summary>Gets or sets the days on which it begins: <c>Mon</c> to <c>Sun</c>.</summary>
    /// <value>The default is an empty list: every day.</value>
    public IList<string> Days { get; set; } = [];

    /// <summary>Gets or sets when it begins, such as <c>22:00</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Gets or sets when it ends, such as <c>06:00</c>: on the next day, if that is not after the beginning.</summary>
    public string To { get; set; } = "";

    /// <summary>Gets or sets the time zone of both, as an IANA id.</summary>
    /// <value>The default is <see langword="null"/>: that of the alerts.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets what it is for.</summary>
    public string? Comment { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(Match), () => Match, value => Match = value),
        Setting.List(nameof(Days), () => Days, value => Days = value),
        Setting.Text(nameof(From), () => From, value => From = value ?? ""),
        Setting.Text(nameof(To), () => To, value => To = value ?? ""),
        Setting.Text(nameof(TimeZone), () => TimeZone, value => TimeZone = value),
        Setting.Text(nameof(Comment), () => Comment, value => Comment = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. Matchers.Check(nameof(Match), Match),
        .. from entry in Days.Index()
           where DayOf(entry.Item) is null
           select Fault.Of($"{nameof(Days)}:{entry.Index}", entry.Item, "Write Mon, Tue, Wed, Thu, Fri, Sat or Sun."),
        .. SettingRules.Faults(
            TimeOf(From) is null ? Fault.Of(nameof(From), From.Length == 0 ? null : From, "Write a time of the day, such as 22:00.") : null,
            TimeOf(To) is null ? Fault.Of(nameof(To), To.Length == 0 ? null : To, "Write a time of the day, such as 06:00.") : null,
            TimeZones.Check(nameof(TimeZone), TimeZone)),
    ];

    internal static TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;

    internal static DayOfWeek? DayOf(string text)
    {
        int index = Array.FindIndex(DayNames, name => text.Trim().StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (DayOfWeek)((index + 1) % DayNames.Length);
    }
}
