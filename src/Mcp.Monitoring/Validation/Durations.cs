using System.Buffers;
using System.Globalization;

namespace Mcp.Monitoring.Validation;

/// <summary>Times as Prometheus writes them (<c>30s</c>, <c>1h30m</c>) or as .NET does (<c>00:00:30</c>).</summary>
internal static class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // From the greatest; ms before m, which is how it begins.
    private static readonly (string Unit, double Milliseconds)[] Units =
        [("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("ms", 1), ("m", 60_000), ("s", 1_000)];

    /// <returns>A <see cref="TimeSpan"/>, or <see langword="null"/>.</returns>
    public static object? Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.Contains(':'))
        {
            return TimeSpan.TryParse(rest, CultureInfo.InvariantCulture, out TimeSpan clock) ? clock : null;
        }

        double milliseconds = 0;
        bool isNegative = rest.StartsWith("-");
        rest = isNegative ? rest[1..] : rest;
        if (rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 1
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
                || FactorOf(ref rest, digits) is not { } factor)
            {
                return null;
            }

            milliseconds += count * factor;
        }

        milliseconds = isNegative ? -milliseconds : milliseconds;
        return Math.Abs(milliseconds) < TimeSpan.MaxValue.TotalMilliseconds / 2 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private static double? FactorOf(ref ReadOnlySpan<char> rest, int start)
    {
        foreach ((string unit, double milliseconds) in Units)
        {
            if (rest[start..].StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[(start + unit.Length)..];
                return milliseconds;
            }
        }

        return null;
    }
}
