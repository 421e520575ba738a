using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>What a query reads, found in its text: enough of PromQL for queries that Prometheus's own parser has accepted elsewhere.</summary>
internal static partial class PromQLText
{
    private static readonly string[] Lists = ["by", "without", "on", "ignoring", "group_left", "group_right"];
    private static readonly string[] Words = ["and", "or", "unless", "offset", "bool"];

    public static IReadOnlyList<ReadSelector> Selectors(string expr)
    {
        var found = new List<ReadSelector>();
        var around = new Stack<string>();
        string before = "";
        Match token = Token().Match(expr);
        while (token.Success)
        {
            string text = token.Value;
            if (text == "(")
            {
                if (Lists.Contains(before, StringComparer.Ordinal))
                {
                    // Labels, and what is counted by them comes next.
                    while (token.Value != ")")
                    {
                        token = token.NextMatch();
                    }

                    token = token.NextMatch();
                    before = token.Value == "(" ? AggregationBefore(expr, token.Index) : "";
                    continue;
                }

                // Of a name it is the list of arguments, else it only holds together.
                around.Push(Word().IsMatch(before) ? before : "");
            }
            else if (text == ")")
            {
                around.Pop();
            }
            else if (token.Groups["name"].Success && !Lists.Contains(text, StringComparer.Ordinal) && !Words.Contains(text, StringComparer.Ordinal) && !IsFunction(expr, token))
            {
                found.Add(Selector(expr, token, around));
            }

            before = text;
            token = token.NextMatch();
        }

        return found;
    }

    /// <summary>Gets the labels that the first of the outermost aggregations leaves, and those that a join adds; <see langword="null"/> where nothing is aggregated.</summary>
    public static IReadOnlySet<string>? Labels(string expr)
    {
        Match by = FirstBy().Match(expr);
        if (!by.Success)
        {
            return Aggregated().IsMatch(expr) ? new HashSet<string>(StringComparer.Ordinal) : null;
        }

        IEnumerable<string> joined = Joined().Matches(expr).SelectMany(match => Split(match.Groups["labels"].Value));
        return new HashSet<string>([.. Split(by.Groups["labels"].Value), .. joined], StringComparer.Ordinal);
    }

    private static string[] Split(string labels) => labels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // "sum by (a) (": the word is before the list.
    private static string AggregationBefore(string expr, int end) => Aggregation().Match(expr[..end]).Groups["name"].Value;

    private static bool IsFunction(string expr, Match token)
    {
        string rest = expr[(token.Index + token.Length)..].TrimStart();
        return rest.StartsWith('(') || rest.StartsWith("by (", StringComparison.Ordinal);
    }

    private static ReadSelector Selector(string expr, Match token, Stack<string> around)
    {
        Match rest = Rest().Match(expr[(token.Index + token.Length)..]);
        string[] matchers = [.. Matcher().Matches(rest.Groups["matchers"].Value).Select(match => match.Value)];
        return new ReadSelector(token.Value, matchers, rest.Groups["range"].Value, around.FirstOrDefault(name => name.Length > 0) ?? "", [.. around.Where(name => name.Length > 0)]);
    }

    [GeneratedRegex("""(?<skip>\{("(\\.|[^"\\])*"|[^"{}])*\}|\[[^\]]*\]|"[^"]*"|\d[\w.]*)|(?<name>[a-zA-Z_:][\w:]*)|\(|\)|[^\s]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Token();

    [GeneratedRegex("""^(\{(?<matchers>("(\\.|[^"\\])*"|[^"{}])*)\})?(\[(?<range>[^\]]*)\])?""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Rest();

    [GeneratedRegex("""\w+\s*(=~|!~|!=|=)\s*"(\\.|[^"\\])*"(?=,|$)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Matcher();

    [GeneratedRegex("""(?<name>\w+) (by|without) \([^)]*\) $""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Aggregation();

    [GeneratedRegex(@"^\w+$", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("""\bby \((?<labels>[^)]*)\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex FirstBy();

    [GeneratedRegex("""\bgroup_left \((?<labels>[^)]*)\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Joined();

    [GeneratedRegex("""\b(sum|max|min|count|histogram_quantile)\(""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Aggregated();
}

/// <summary>Series that a query reads.</summary>
/// <param name="Name">The name of the series.</param>
/// <param name="Matchers">The matchers, as they are written.</param>
/// <param name="Range">The range, if it has one.</param>
/// <param name="Function">The function or aggregation closest around it.</param>
/// <param name="Around">All around it, the closest first.</param>
internal sealed record ReadSelector(string Name, IReadOnlyList<string> Matchers, string Range, string Function, IReadOnlyList<string> Around)
{
    public bool Has(string matcher) => Matchers.Contains(matcher, StringComparer.Ordinal);
}
