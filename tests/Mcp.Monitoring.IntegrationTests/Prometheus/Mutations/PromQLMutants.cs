using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>An expression with one thing changed: a comparison, a number, a window or offset, the operator of a matcher or between two sides. Each change makes one mutant.</summary>
internal static partial class PromQLMutants
{
    private const int Few = 5;
    private const double Less = 0.75, More = 1.35, Half = 0.5, Twice = 2;

    private static readonly Dictionary<string, string[]> Comparisons = new(StringComparer.Ordinal)
    {
        [">"] = [">=", "<"],
        [">="] = [">", "<"],
        ["<"] = ["<=", ">"],
        ["<="] = ["<", ">"],
        ["=="] = ["!="],
        ["!="] = ["=="],
    };

    private static readonly Dictionary<string, string[]> Matchers = new(StringComparer.Ordinal)
    {
        ["="] = ["!="],
        ["!="] = ["="],
        ["=~"] = ["!~"],
        ["!~"] = ["=~"],
    };

    private static readonly Dictionary<string, string[]> Sets = new(StringComparer.Ordinal)
    {
        ["and"] = ["unless", "or"],
        ["unless"] = ["and"],
        ["or"] = ["and"],
    };

    /// <summary>Makes all of them. What changed is told as <c>&gt; to &gt;= (2)</c>, of the second such sign of the expression.</summary>
    public static IEnumerable<(string Change, string Expression)> Of(string expression)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        bool isMatcher = false;
        foreach (Match token in Token().Matches(expression))
        {
            isMatcher = token.Value == "{" || (isMatcher && token.Value != "}");
            string[] others = Others(token, isMatcher);
            if (others.Length == 0)
            {
                continue;
            }

            int count = seen[token.Value] = seen.GetValueOrDefault(token.Value) + 1;
            foreach (string other in others)
            {
                yield return ($"{token.Value} to {other} ({count})", expression[..token.Index] + other + expression[(token.Index + token.Length)..]);
            }
        }
    }

    private static string[] Others(Match token, bool isMatcher)
    {
        if (token.Groups["operator"].Success)
        {
            return (isMatcher ? Matchers : Comparisons).GetValueOrDefault(token.Value, []);
        }

        if (token.Groups["duration"] is { Success: true } duration)
        {
            TimeSpan of = Duration(duration.Value);
            return [PromQL.Text(of * Half), PromQL.Text(of * Twice)];
        }

        if (token.Groups["number"] is { Success: true } digits)
        {
            // What is counted in whole numbers would not notice less than one more of few.
            double number = double.Parse(digits.ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            return number is > 0 and < Few && double.IsInteger(number) ? [PromQL.Text(number - 1), PromQL.Text(number + 1)]
                : number == 0 ? ["1"]
                : [PromQL.Text(number * Less), PromQL.Text(number * More)];
        }

        return Sets.GetValueOrDefault(token.Value, []);
    }

    private static TimeSpan Duration(string text) => TimeSpan.FromSeconds(Part().Matches(text).Sum(part => int.Parse(part.Groups["count"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        var unit => throw new InvalidOperationException($"{unit} of {text} is no unit of ours."),
    }));

    // What is in quotes, and words with their digits, are taken whole. The resolution of a subquery begins with a colon, as a word may.
    [GeneratedRegex("""(?<text>"(?:[^"\\]|\\.)*")|(?<word>[A-Za-z_:][\w:]*)|(?<duration>(?:\d+(?:ms|[smhdwy]))+)|(?<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?<operator>==|!=|=~|!~|>=|<=|>|<|=)|[{}]""", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<count>\d+)(?<unit>ms|[smhdwy])", RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
