using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>Which window of failures in a row a mutant sits in: what is about it is asked first, then the shorter tests before the longer.</summary>
internal static partial class MutatedWindow
{
    public static IEnumerable<LevelTest> First(IEnumerable<LevelTest> tests, string expression, string mutant)
    {
        ILookup<bool, LevelTest> isOfIt = tests.ToLookup(test => test.Window.Length > 0 && test.Window == Of(expression, mutant));
        return isOfIt[true].Concat(isOfIt[false].OrderBy(test => test.Minutes));
    }

    // What is asked about a window ends with the successes in it.
    private static string Of(string expression, string mutant)
    {
        int changed = expression.Zip(mutant).TakeWhile(pair => pair.First == pair.Second).Count();
        return Successes().Matches(expression).FirstOrDefault(match => match.Index + match.Length > changed)?.Groups["window"].Value ?? "";
    }

    [GeneratedRegex(@"unless [^[]*\[(?<window>\w+)\]\)*( > \d+)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Successes();
}
