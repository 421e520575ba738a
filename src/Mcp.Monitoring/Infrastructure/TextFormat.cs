using System.Globalization;

namespace Mcp.Monitoring.Infrastructure;

/// <summary>Numbers and times as people read them at night.</summary>
internal static class TextFormat
{
    private const double Hundred = 100;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes a whole number: <c>3,000</c>.</summary>
    public static string Count(double number) => double.IsFinite(number) ? Math.Round(number).ToString("N0", Culture) : "?";

    /// <summary>Writes a share: <c>92 %</c>, of small ones more: <c>0.25 %</c>.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? Digits(share * Hundred) + " %" : "?";

    /// <summary>Writes a measured time: <c>850 ms</c>, <c>1.2 s</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => Digits(seconds * 1_000) + " ms",
        < 120 => Digits(seconds) + " s",
        _ => double.IsFinite(seconds) && seconds < TimeSpan.MaxValue.TotalSeconds ? Span(TimeSpan.FromSeconds(seconds)) : "?",
    };

    /// <summary>Writes the time that numbers are of: <c>90 s</c>, <c>5 min</c>, <c>2 h 30 min</c>.</summary>
    public static string Span(TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(2) && time != TimeSpan.FromMinutes(1))
        {
            return string.Create(Culture, $"{Math.Round(time.TotalSeconds)} s");
        }

        var rounded = TimeSpan.FromMinutes(Math.Round(time.TotalMinutes));
        return rounded switch
        {
            { TotalHours: < 2 } when rounded != TimeSpan.FromHours(1) => string.Create(Culture, $"{rounded.TotalMinutes} min"),
            { TotalDays: > 2 } => string.Create(Culture, $"{rounded.Days} d") + Rest(rounded.Hours, "h"),
            _ => string.Create(Culture, $"{(int)rounded.TotalHours} h") + Rest(rounded.Minutes, "min"),
        };
    }

    /// <summary>Writes how long something has lasted, in the two largest units that are complete: <c>59 s</c>, <c>1 min</c>, <c>1 h 30 min</c>, <c>2 d 5 h</c>.</summary>
    public static string Elapsed(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(Culture, $"{Math.Max(0, (int)time.TotalSeconds)} s"),
        { TotalHours: < 1 } => string.Create(Culture, $"{time.Minutes} min"),
        { TotalDays: < 1 } => string.Create(Culture, $"{time.Hours} h") + Rest(time.Minutes, "min"),
        { TotalDays: < 3 } => string.Create(Culture, $"{time.Days} d") + Rest(time.Hours, "h"),
        _ => string.Create(Culture, $"{time.Days} d"),
    };

    /// <summary>Writes any number with three digits that matter.</summary>
    public static string Number(double number) => double.IsFinite(number) ? Digits(number) : "?";

    /// <summary>Writes how many of how many: <c>14 of 20 calls failed in 5 min (70 %)</c>.</summary>
    public static string Share(double part, double whole, TimeSpan window, string what) =>
        $"{Count(part)} of {Count(Math.Max(part, whole))} {what} in {Span(window)}{(part < whole ? $" ({Percent(part / whole)})" : "")}";

    /// <summary>Writes what there is most of, and how many others: <c>get_order 9, get_stock 5, 3 others</c>.</summary>
    public static string Most(IReadOnlyList<(string Name, double Count)> counted, int most = 5)
    {
        string listed = string.Join(", ", counted.Take(most).Select(entry => $"{entry.Name} {Count(entry.Count)}"));
        return counted.Count > most ? $"{listed}, {counted.Count - most} others" : listed;
    }

    private static string Rest(int count, string unit) => count == 0 ? "" : string.Create(Culture, $" {count} {unit}");

    private static string Digits(double number) => Math.Abs(number) switch
    {
        >= 100 => Math.Round(number).ToString("N0", Culture),
        >= 10 => Math.Round(number, 1).ToString("0.#", Culture),
        >= 0.01 or 0 => Math.Round(number, 2).ToString("0.##", Culture),
        _ => number.ToString("G2", Culture),
    };
}
