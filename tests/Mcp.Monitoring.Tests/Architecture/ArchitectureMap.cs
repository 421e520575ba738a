using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Architecture;

/// <summary>The table of <c>docs/architecture.md</c>: which folder may name which.</summary>
internal static partial class ArchitectureMap
{
    public static IReadOnlyDictionary<string, string[]> Read(string page) => File.ReadLines(Path.Combine(SourceTree.Root, "docs", page))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|'))
        .ToDictionary(cells => Names(cells[1]).Single(), cells => Names(cells[3]), StringComparer.Ordinal);

    /// <summary>Gets all that is reached from a folder by one arrow or more.</summary>
    public static HashSet<string> Reached(string from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(next(from));
        while (open.TryDequeue(out string? known))
        {
            if (reached.Add(known))
            {
                foreach (string further in next(known))
                {
                    open.Enqueue(further);
                }
            }
        }

        return reached;
    }

    private static string[] Names(string cell) => [.. Name().Matches(cell).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("`(?<name>[A-Za-z/]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
