namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>A query that a runbook has somebody run.</summary>
/// <param name="Alert">The alert whose section it is in; empty in the parts that are about all.</param>
/// <param name="Query">The query as it stands, without the indentation of the page.</param>
internal sealed record RunbookQuery(string Alert, string Query);

/// <summary>Reads the queries of a page of runbooks: its blocks of PromQL, in their order. The same query is in the sections of several alerts.</summary>
internal static class RunbookQueries
{
    private const string Heading = "## ", Begin = "```promql", End = "```", Alert = "Mcp";

    public static IReadOnlyList<RunbookQuery> Of(string page)
    {
        var found = new List<RunbookQuery>();
        string alert = "";
        List<string>? query = null;
        foreach (string line in page.Split('\n'))
        {
            string bare = line.Trim();
            if (query is null)
            {
                alert = line.StartsWith(Heading, StringComparison.Ordinal) ? NameIn(line) : alert;
                query = bare == Begin ? [] : null;
            }
            else if (bare == End)
            {
                found.Add(new RunbookQuery(alert, string.Join('\n', query)));
                query = null;
            }
            else
            {
                query.Add(bare);
            }
        }

        return found;
    }

    private static string NameIn(string heading) => heading[Heading.Length..] is var name && name.StartsWith(Alert, StringComparison.Ordinal) ? name : "";
}
