using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>A silence that stands in the configuration.</summary>
public sealed class SilenceOptions : ISettings
{
    private const int LongestComment = 500;
    private const string Form = "Write it as 2026-11-24T22:00:00+03:00.";
    private static readonly TimeSpan Long = TimeSpan.FromDays(366);
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF zzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm zzz", "yyyy-MM-dd'T'HH:mm:sszz", "yyyy-MM-dd'T'HH:mmzz"];

    /// <summary>Gets or sets what an alert must have, as matchers: <c>dependency="1c"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    /// <value>Required: a silence of everything is a mistake, and so are matchers that every alert has.</value>
    public IList<string> Match { get; set; } = [];

    /// <summary>Gets or sets from when on, as ISO 8601 with an offset: <c>2026-11-24T22:00:00+03:00</c>.</summary>
    /// <value>The default is <see langword="null"/>: at once.</value>
    public string? From { get; set; }

    /// <summary>Gets or sets until when, in the same form.</summary>
    /// <value>Required; after <see cref="From"/>. One that is over is a warning.</value>
    public string Until { get; set; } = "";

    /// <summary>Gets or sets what it is for.</summary>
    public string? Comment { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(Match), () => Match, value => Match = value),
        Setting.Text(nameof(From), () => From, value => From = value),
        Setting.Text(nameof(Until), () => Until, value => Until = value ?? ""),
        Setting.Text(nameof(Comment), () => Comment, value => Comment = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. CheckMatch(),
        .. SettingRules.Faults(
            From is not null && TimeOf(From) is null ? Fault.Of(nameof(From), From, Form) : null,
            SettingRules.Text(nameof(Comment), Comment, LongestComment, "Say what it is for in at most 500 characters, or leave it out."),
            CheckEnd()),
        .. SettingRules.Faults(CheckOffset(nameof(From), From), CheckOffset(nameof(Until), Until)),
    ];

    private Fault[] CheckMatch()
    {
        Fault[] faults = [.. Matchers.CheckOfAlerts(nameof(Match), Match)];
        return faults.Length > 0 ? faults
            : Match.Count == 0 ? [Fault.Missing(nameof(Match), "Say which alerts, such as dependency=\"1c\".")]
            : Matchers.Parse(Match) is var matchers && matchers.MatchAllOrNothing() ? [new Fault(
                nameof(Match), matchers.MatchEverything() ? "matches every alert" : "matches every alert or none: mcp_service is the same on all of them", "Say which alerts, such as dependency=\"1c\"; to be told of nothing at all, set alerts.enabled: false.")]
            : [];
    }

    // A host that starts again after the end of a silence must start: it is told of it, and no more.
    IEnumerable<Fault> ISettings.CheckAt(DateTimeOffset now) => SettingRules.Faults(
        TimeOf(Until) is not { } until ? null
        : until <= now ? Warning("which is over", "Take the silence out, or set it to a time to come.")
        : until - (Start > now ? Start : now) > Long ? Warning("which is more than a year", "A rule that nobody wants is better switched off, by its name in alerts.rules and enabled: false.")
        : null);

    private DateTimeOffset? Start => From is null ? null : TimeOf(From);

    private Fault? CheckEnd() =>
        TimeOf(Until) is not { } until ? Fault.Of(nameof(Until), Until.Length == 0 ? null : Until, Form)
        : Start >= until ? Fault.Of(nameof(Until), Until, $"Set it after from ({Printable.Cut(From!)}).")
        : null;

    // Two people in two zones read it as two times.
    private static Fault? CheckOffset(string path, string? text) =>
        text is not null && TimeOf(text) is not null && !HasOffset(text.Trim())
            ? new Fault(path, $"is \"{Printable.Cut(text)}\", without an offset, and is taken as UTC", "Write Z or an offset at its end, such as +03:00.") { IsWarning = true }
            : null;

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.AsSpan(text.IndexOf(':', StringComparison.Ordinal)).IndexOfAny('+', '-') >= 0;

    private Fault Warning(string problem, string remedy) => new(nameof(Until), $"is \"{Printable.Cut(Until)}\", {problem}", remedy) { IsWarning = true };

    internal static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
