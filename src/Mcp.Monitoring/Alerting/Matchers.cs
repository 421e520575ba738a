using System.Text.RegularExpressions;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Lists of matchers as settings have them.</summary>
internal static partial class Matchers
{
    // Whatever names there are: a matcher that lets all of these and the words of its own value pass keeps nothing out. Names of alerts are of fewer letters.
    private static readonly string[] AnyValues = ["a", "Z", "0", "_", "McpToolErrors", "orders-mcp", "заказы", "a b/c:d", new('x', 64)];
    private static readonly string[] AnyNames = ["a", "Z", "b2", "X9y", "McpToolErrors", "orders_late", "QueueFull_2", new('x', 64)];

    private static readonly string[] Severities = [.. Enum.GetValues<AlertSeverity>().Select(severity => severity.Label())];

    public static IEnumerable<Fault> Check(string path, IList<string> matchers) =>
        from entry in matchers.Index()
        let problem = LabelMatcher.TryParse(entry.Item, out _, out string? found) ? null : found
        where problem is not null
        select new Fault($"{path}:{entry.Index}", $"is \"{Printable.Cut(entry.Item)}\", which {problem}", "Write it as Alertmanager does: name=\"value\", or with !=, =~ or !~.");

    /// <summary>Checks matchers of alerts, of which more is known: the severities.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="matchers">The matchers.</param>
    /// <param name="severities">The severities that are wanted besides, if not all.</param>
    public static IEnumerable<Fault> CheckOfAlerts(string path, IList<string> matchers, IEnumerable<string>? severities = null)
    {
        Fault[] faults = [.. Check(path, matchers), .. CheckSeverities(path, matchers)];
        return faults.Length == 0 && TryParse(matchers) is { } parsed && Contradiction(parsed, severities) is { } problem
            ? [new Fault(path, problem, "No alert is like that: change one of them.")]
            : faults;
    }

    /// <summary>Reads matchers that were checked before.</summary>
    public static LabelMatcher[] Parse(IEnumerable<string> matchers) => [.. matchers.Select(LabelMatcher.Parse)];

    /// <summary>Reads matchers; <see langword="null"/> where one is none.</summary>
    public static LabelMatcher[]? TryParse(IEnumerable<string> matchers)
    {
        List<LabelMatcher> parsed = [];
        foreach (string text in matchers)
        {
            if (!LabelMatcher.TryParse(text, out LabelMatcher? matcher, out _))
            {
                return null;
            }

            parsed.Add(matcher);
        }

        return [.. parsed];
    }

    public static bool Match(this IEnumerable<LabelMatcher> matchers, IReadOnlyDictionary<string, string> labels) => matchers.All(matcher => matcher.Matches(labels));

    /// <summary>Finds out whether every alert is matched, whatever it is about.</summary>
    public static bool MatchEverything(this IEnumerable<LabelMatcher> matchers) => matchers.All(KeepsNothingOut);

    /// <summary>Finds out whether the alerts of one service are matched all or none: its name is on each of them, so a matcher of it chooses nothing.</summary>
    public static bool MatchAllOrNothing(this IEnumerable<LabelMatcher> matchers) => matchers.All(matcher => matcher.Name == AlertLabels.Service || KeepsNothingOut(matcher));

    private static bool KeepsNothingOut(LabelMatcher matcher) => matcher.Name switch
    {
        AlertLabels.Severity => Severities.All(matcher.Matches),
        AlertLabels.AlertName => AnyNames.Concat(WordsOf(matcher).Where(AlertNames.IsName)).All(matcher.Matches),
        _ => AnyValues.Concat(WordsOf(matcher)).All(matcher.Matches) && (matcher.Name == AlertLabels.Service || matcher.Matches("")),
    };

    private static IEnumerable<string> WordsOf(LabelMatcher matcher) => Words().Split(matcher.Value).Append(matcher.Value).Where(word => word.Length > 0);

    private static IEnumerable<Fault> CheckSeverities(string path, IList<string> matchers) =>
        from entry in matchers.Index()
        let matcher = LabelMatcher.TryParse(entry.Item, out LabelMatcher? parsed, out _) ? parsed : null
        where matcher?.Name == AlertLabels.Severity && (matcher.IsRegex ? !Severities.Any(severity => matcher.Matches(severity) == matcher.IsEqual) : matcher.Value.Length + (matcher.IsEqual ? 1 : 0) > 0 && !Severities.Contains(matcher.Value, StringComparer.Ordinal))
        select new Fault(
            $"{path}:{entry.Index}", $"is \"{Printable.Cut(entry.Item)}\", a severity that no alert has", $"{NearestName.Suggest(matcher.Value, Severities)}Write critical, high, medium or low.");

    private static string? Contradiction(LabelMatcher[] matchers, IEnumerable<string>? severities)
    {
        string[] wanted = [.. severities ?? Severities];
        return Severities.Any(severity => wanted.Contains(severity, StringComparer.OrdinalIgnoreCase) && matchers.Where(matcher => matcher.Name == AlertLabels.Severity).All(matcher => matcher.Matches(severity)))
            ? Contradiction(matchers)
            : "wants a severity and leaves it out";
    }

    /// <summary>Says which matchers can never match at once.</summary>
    public static string? Contradiction(LabelMatcher[] matchers) =>
        matchers.FirstOrDefault(one => one is { IsRegex: false, IsEqual: true } && matchers.Any(other => other.Name == one.Name && !other.Matches(one.Value))) is { } never
            ? $"wants {Printable.Cut(never.ToString())} and at the same time another {never.Name}"
            : null;

    [GeneratedRegex(@"[^\p{L}\p{Nd}_]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
