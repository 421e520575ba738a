using System.Buffers;
using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Times as Prometheus writes them (<c>30s</c>, <c>1h30m</c>) or on a clock (<c>00:00:30</c>, <c>36:00:00</c>, <c>7.00:00:00</c>).</summary>
internal static class Durations
{
    public const string Form = "a time such as 30s, 5m, 12h, 7d or 00:00:30";

    // Longer numbers overflow what is added up, and no time needs them.
    private const int MostDigits = 12;
    private const int DigitsOfFraction = 7;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    // From the greatest, as they must follow each other.
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("y", 365 * TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay), ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <returns>A <see cref="TimeSpan"/>, or <see langword="null"/>.</returns>
    public static object? Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool isNegative = rest.StartsWith("-");
        rest = isNegative ? rest[1..] : rest;
        decimal? ticks = rest.Contains(':') ? Clock(rest) : Sum(rest);
        ticks = isNegative ? -ticks : ticks;
        return ticks is >= long.MinValue and <= long.MaxValue ? new TimeSpan((long)ticks) : null;
    }

    private static decimal? Sum(ReadOnlySpan<char> rest)
    {
        decimal? sum = null;
        int next = 0;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(NumberCharacters);
            ReadOnlySpan<char> unit = digits < 1 ? [] : UntilNumber(rest[digits..]);
            int known = IndexOf(unit, next);
            if (known < 0 || Number(rest[..digits]) is not { } count)
            {
                return null;
            }

            sum = (sum ?? 0) + (count * Units[known].Ticks);
            next = known + 1;
            rest = rest[(digits + unit.Length)..];
        }

        return sum;
    }

    private static ReadOnlySpan<char> UntilNumber(ReadOnlySpan<char> text) => text.IndexOfAny(NumberCharacters) is >= 0 and var end ? text[..end] : text;

    private static int IndexOf(ReadOnlySpan<char> unit, int first)
    {
        for (int i = first; i < Units.Length; i++)
        {
            if (unit.SequenceEqual(Units[i].Unit))
            {
                return i;
            }
        }

        return -1;
    }

    private static decimal? Number(ReadOnlySpan<char> digits) =>
        digits.Length <= 2 * MostDigits && digits.IndexOf('.') <= MostDigits && (digits.Contains('.') || digits.Length <= MostDigits)
        && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;

    // [days.]hours:minutes[:seconds[.fraction]], or days:hours:minutes:seconds. Hours past 23 are hours: the runtime would take 24:00:00 for 24 days.
    private static decimal? Clock(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        int count = text.Split(parts, ':');
        if (count is < 2 or > 4)
        {
            return null;
        }

        int point = text[parts[0]].IndexOf('.');
        bool hasDays = count == 4 || point >= 0;
        int rest = count == 4 ? 2 : 1;
        ReadOnlySpan<char> hours = count == 4 ? text[parts[1]] : text[parts[0]][(point + 1)..];
        ReadOnlySpan<char> days = !hasDays ? "0" : count == 4 ? text[parts[0]] : text[parts[0]][..point];
        ReadOnlySpan<char> seconds = count - rest == 2 ? text[parts[rest + 1]] : "0";
        int fraction = seconds.IndexOf('.');
        if (fraction >= 0 && seconds.Length - fraction - 1 is < 1 or > DigitsOfFraction)
        {
            return null;
        }

        return (Part(days) * TimeSpan.TicksPerDay)
            + (Part(hours, hasDays ? 23 : long.MaxValue) * TimeSpan.TicksPerHour)
            + (Part(text[parts[rest]], 59) * TimeSpan.TicksPerMinute)
            + ((Part(fraction < 0 ? seconds : seconds[..fraction], 59) + (fraction < 0 ? 0 : Number(seconds[fraction..]))) * TimeSpan.TicksPerSecond);
    }

    private static decimal? Part(ReadOnlySpan<char> digits, long most = long.MaxValue) =>
        digits.Length <= MostDigits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most ? number : null;
}
