using System.Globalization;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The parts that PromQL is written of.</summary>
internal static class PromQL
{
    public static string Text(double number) => double.IsPositiveInfinity(number) ? "+Inf" : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes a duration in the largest unit of which it is a whole number.</summary>
    public static string Text(TimeSpan duration) => duration.TotalSeconds switch
    {
        >= 86_400 and var seconds when seconds % 86_400 == 0 => Unit(seconds / 86_400, "d"),
        >= 3_600 and var seconds when seconds % 3_600 == 0 => Unit(seconds / 3_600, "h"),
        >= 60 and var seconds when seconds % 60 == 0 => Unit(seconds / 60, "m"),
        var seconds when seconds % 1 == 0 => Unit(seconds, "s"),
        var seconds => Unit(seconds * 1_000, "ms"),
    };

    public static string Aggregate(string function, IReadOnlyList<string> by, string inner) =>
        by.Count == 0 ? $"{function}({inner})" : $"{function} by ({string.Join(", ", by)}) ({inner})";

    private static string Unit(double number, string unit) => Text(number) + unit;
}
