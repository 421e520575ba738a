using System.Globalization;

namespace Mcp.Monitoring.Alerting.Texts;

/// <summary>Numbers, times and lists as people read them at night.</summary>
internal static class TextFormat
{
    private const double Hundred = 100;

    /// <summary>Writes a whole number: <c>3,000</c>.</summary>
    public static string Count(this AlertTexts texts, double number) => double.IsFinite(number) ? Math.Round(number).ToString("N0", texts.Numbers) : "?";

    /// <summary>Writes a share: <c>92 %</c>, of small ones more: <c>0.25 %</c>.</summary>
    public static string Percent(this AlertTexts texts, double share) => double.IsFinite(share) ? texts.Say("unit.percent", texts.Digits(share * Hundred)) : "?";

    /// <summary>Writes a measured time: <c>850 ms</c>, <c>1.2 s</c>.</summary>
    public static string Seconds(this AlertTexts texts, double seconds) => seconds switch
    {
        < 1 => texts.Say("unit.ms", texts.Digits(seconds * 1_000)),
        < 120 => texts.Say("unit.s", texts.Digits(seconds)),
        _ => double.IsFinite(seconds) && seconds < TimeSpan.MaxValue.TotalSeconds ? texts.Span(TimeSpan.FromSeconds(seconds)) : "?",
    };

    /// <summary>Writes the time that numbers are of: <c>90 s</c>, <c>5 min</c>, <c>2 h 30 min</c>.</summary>
    public static string Span(this AlertTexts texts, TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(2) && time != TimeSpan.FromMinutes(1))
        {
            return texts.Unit("unit.s", Math.Round(time.TotalSeconds));
        }

        var rounded = TimeSpan.FromMinutes(Math.Round(time.TotalMinutes));
        return rounded switch
        {
            { TotalHours: < 2 } when rounded != TimeSpan.FromHours(1) => texts.Unit("unit.min", rounded.TotalMinutes),
            { TotalDays: > 2 } => texts.Unit("unit.d", rounded.Days) + texts.Rest("unit.h", rounded.Hours),
            _ => texts.Unit("unit.h", (int)rounded.TotalHours) + texts.Rest("unit.min", rounded.Minutes),
        };
    }

    /// <summary>Writes how long something has lasted, in the two largest units that are complete: <c>59 s</c>, <c>1 min</c>, <c>1 h 30 min</c>, <c>2 d 5 h</c>.</summary>
    public static string Elapsed(this AlertTexts texts, TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => texts.Unit("unit.s", Math.Max(0, (int)time.TotalSeconds)),
        { TotalHours: < 1 } => texts.Unit("unit.min", time.Minutes),
        { TotalDays: < 1 } => texts.Unit("unit.h", time.Hours) + texts.Rest("unit.min", time.Minutes),
        { TotalDays: < 3 } => texts.Unit("unit.d", time.Days) + texts.Rest("unit.h", time.Hours),
        _ => texts.Unit("unit.d", time.Days),
    };

    /// <summary>Writes any number with three digits that matter.</summary>
    public static string Number(this AlertTexts texts, double number) => double.IsFinite(number) ? texts.Digits(number) : "?";

    /// <summary>Writes how many of how many: <c>14 of 20 calls failed in 5 min (70 %)</c>.</summary>
    /// <param name="texts">The language.</param>
    /// <param name="key">A text of a part, a whole and a window.</param>
    /// <param name="part">How many.</param>
    /// <param name="whole">Of how many.</param>
    /// <param name="window">In which time.</param>
    /// <param name="more">What else the text has places for.</param>
    public static string Share(this AlertTexts texts, string key, double part, double whole, TimeSpan window, params string[] more) =>
        texts.Say(key, [part, Math.Max(part, whole), texts.Span(window), .. more]) + (part < whole ? $" ({texts.Percent(part / whole)})" : "");

    /// <summary>Writes what there is most of, and how many others: <c>get_order 9, get_stock 5, 3 others</c>.</summary>
    public static string Most(this AlertTexts texts, IReadOnlyList<(string Name, double Count)> counted, int most = 5) =>
        texts.Most([.. counted.Select(entry => $"{entry.Name} {texts.Count(entry.Count)}")], most);

    /// <summary>Writes the first entries of a list, and how many others there are.</summary>
    public static string Most(this AlertTexts texts, IReadOnlyList<string> entries, int most)
    {
        string listed = string.Join(", ", entries.Take(most));
        return entries.Count > most ? $"{listed}, {texts.Say("list.others", entries.Count - most)}" : listed;
    }

    /// <summary>Writes names that are told of: <c>a, b and 2 more</c>.</summary>
    public static string Names(this AlertTexts texts, IEnumerable<string> names, int count, int most)
    {
        string listed = string.Join(", ", names.Take(most));
        return count > most ? $"{listed} {texts.Say("and_more", count - most)}" : listed;
    }

    /// <summary>Names an incident. Its number is a name, and no count.</summary>
    public static string Incident(this AlertTexts texts, int number) => texts.Say("incident", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a severity; the label value stays what it is.</summary>
    public static string Word(this AlertTexts texts, AlertSeverity severity) => texts[severity switch
    {
        AlertSeverity.Critical => "severity.critical",
        AlertSeverity.High => "severity.high",
        AlertSeverity.Medium => "severity.medium",
        _ => "severity.low",
    }];

    private static string Unit(this AlertTexts texts, string unit, double count) => texts.Say(unit, count.ToString(texts.Numbers));

    private static string Rest(this AlertTexts texts, string unit, int count) => count == 0 ? "" : $" {texts.Unit(unit, count)}";

    private static string Digits(this AlertTexts texts, double number) => Math.Abs(number) switch
    {
        >= 100 => Math.Round(number).ToString("N0", texts.Numbers),
        >= 10 => Math.Round(number, 1).ToString("0.#", texts.Numbers),
        >= 0.01 or 0 => Math.Round(number, 2).ToString("0.##", texts.Numbers),
        _ => number.ToString("G2", texts.Numbers),
    };
}
