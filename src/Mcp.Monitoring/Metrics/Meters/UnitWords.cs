using System.Collections.Frozen;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Turns the UCUM unit of an instrument into the words that end a Prometheus name (OpenTelemetry, "Prometheus and OpenMetrics Compatibility").</summary>
internal static class UnitWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["B"] = "bytes",
        ["KB"] = "kilobytes",
        ["MB"] = "megabytes",
        ["GB"] = "gigabytes",
        ["TB"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
        ["$"] = "dollars",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> PerWords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Translates a unit; empty where there is none, it counts things, as <c>{packet}</c> does, or it is <c>1</c>.</summary>
    public static string Of(string? unit)
    {
        string bare = WithoutAnnotations(unit ?? "");
        int slash = bare.IndexOf('/', StringComparison.Ordinal);
        string words = slash >= 0 && slash < bare.Length - 1
            ? $"{Word(Words, bare[..slash])}_per_{Word(PerWords, bare[(slash + 1)..])}"
            : Word(Words, bare);
        return PrometheusName.Sanitize(words).Trim('_');
    }

    private static string Word(FrozenDictionary<string, string> words, string unit) => words.GetValueOrDefault(unit, unit);

    // {request}/s and By{transferred}: what is in braces is for people.
    private static string WithoutAnnotations(string unit)
    {
        for (int open = unit.IndexOf('{', StringComparison.Ordinal); open >= 0; open = unit.IndexOf('{', StringComparison.Ordinal))
        {
            int close = unit.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            unit = unit.Remove(open, close - open + 1);
        }

        return unit;
    }
}
