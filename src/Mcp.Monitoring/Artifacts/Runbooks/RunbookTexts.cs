using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Artifacts.Runbooks;

/// <summary>What is written in the assembly: the page in each language, and the queries that both name.</summary>
internal static class RunbookTexts
{
    private const string Begin = "# ";

    private static readonly Lazy<Dictionary<string, IReadOnlyList<string>>> Queries = new(ReadQueries);

    /// <summary>Gets the names of the queries.</summary>
    public static IReadOnlyCollection<string> Names => Queries.Value.Keys;

    public static IEnumerable<string> Page(AlertLanguage language) => ArtifactText.Lines($"Runbooks.{language.ToString().ToLowerInvariant()}.md");

    public static IReadOnlyList<string> Query(string name) => Queries.Value[name];

    private static Dictionary<string, IReadOnlyList<string>> ReadQueries()
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        List<string> lines = [];
        foreach (string line in ArtifactText.Lines("Runbooks.promql").Where(line => line.Length > 0))
        {
            if (line.StartsWith(Begin, StringComparison.Ordinal))
            {
                found.Add(line[Begin.Length..], lines = []);
            }
            else
            {
                lines.Add(line);
            }
        }

        return found;
    }
}
