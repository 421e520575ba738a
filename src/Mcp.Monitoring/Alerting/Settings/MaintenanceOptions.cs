using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>A time that comes again each day or week, at which nobody is told of some alerts.</summary>
public sealed class MaintenanceOptions : ISettings
{
    private const int LongestComment = 500;
    private static readonly TimeSpan AllDay = new(23, 59, 0);

    /// <summary>Gets or sets what an alert must have, as matchers: <c>dependency="1c"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    /// <value>The default is an empty list: every alert.</value>
    public IList<string> Match { get; set; } = [];

    /// <summary>Gets or sets the days on which it begins: <c>Mon</c> to <c>Sun</c>, or their whole names.</summary>
    /// <value>The default is an empty list: every day.</value>
    public IList<string> Days { get; set; } = [];

    /// <summary>Gets or sets when it begins, such as <c>22:00</c>. Where the clock is put forward past that time, it begins right after.</summary>
    public string From { get; set; } = "";

    /// <summary>Gets or sets when it ends, such as <c>06:00</c>: on the next day, if that is not after the beginning; <c>24:00</c> is the end of the day. Where that
    /// time comes twice, it ends the second time.</summary>
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
        .. Matchers.CheckOfAlerts(nameof(Match), Match),
        .. Hours.CheckDays(nameof(Days), Days),
        .. SettingRules.Faults(
            Hours.TimeOf(From) is null ? Fault.Of(nameof(From), From.Length == 0 ? null : From, "Write a time of the day, such as 22:00.") : null,
            Hours.EndOf(To) is null ? Fault.Of(nameof(To), To.Length == 0 ? null : To, "Write a time of the day, such as 06:00 or 24:00.")
                : IsEmpty ? Fault.Of(nameof(To), To, "It is when the window begins. Write another time; a whole day is from 00:00 to 24:00.")
                : IsAlwaysOpen ? new Fault(nameof(To), $"is \"{Printable.Cut(To)}\", with which the window is always open for every alert", "Say which alerts in match or which days, or set alerts.enabled: false.")
                : null,
            SettingRules.Text(nameof(Comment), Comment, LongestComment, "Say what it is for in at most 500 characters, or leave it out."),
            TimeZones.Check(nameof(TimeZone), TimeZone)),
    ];

    private bool IsEmpty => !Hours.IsEndOfDay(To) && Hours.TimeOf(From) is { } from && from == Hours.TimeOf(To);

    // A minute or less in which somebody is told is none: who writes 23:59 means the end of the day.
    private bool IsAlwaysOpen =>
        Hours.TimeOf(From) is { } from && Hours.EndOf(To) is { } to && LengthOf(from, to) >= AllDay
        && (Days.Count == 0 || Days.Select(Hours.DayOf).Distinct().Count() == Hours.DaysOfWeek)
        && Matchers.TryParse(Match) is { } matchers && matchers.MatchAllOrNothing();

    // Times of the day wrap around midnight by themselves; from midnight to midnight is a day.
    private static TimeSpan LengthOf(TimeOnly from, TimeOnly to) => to == from ? TimeSpan.FromDays(1) : to - from;
}
