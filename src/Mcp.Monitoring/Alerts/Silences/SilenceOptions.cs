using System.Globalization;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts.Silences;

/// <summary>A silence that stands in the configuration.</summary>
public sealed class SilenceOptions : ISettings
{
    /// <summary>Gets or sets what an alert must have, as matchers: <c>dependency="1c"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    /// <value>Required: a silence of everything is a mistake.</value>
    public IList<string> Match { get; set; } = [];

    /// <summary>Gets or sets from when on, as ISO 8601 with an offset: <c>2026-11-24T22:00:00+03:00</c>.</summary>
    /// <value>The default is <see langword="null"/>: at once.</value>
    public string? From { get; set; }

    /// <summary>Gets or sets until when, in the same form.</summary>
    /// <value>Required.</value>
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
        .. Matchers.Check(nameof(Match), Match),
        .. SettingRules.Faults(
            Match.Count == 0 ? Fault.Missing(nameof(Match), "Say which alerts, such as dependency=\"1c\".") : null,
            From is not null && TimeOf(From) is null ? Fault.Of(nameof(From), From, "Write it as 2026-11-24T22:00:00+03:00.") : null,
            TimeOf(Until) is null ? Fault.Of(nameof(Until), Until.Length == 0 ? null : Until, "Write it as 2026-11-24T22:00:00+03:00.") : null),
    ];

    internal static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
