using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>One table of a page, with the heading above it.</summary>
internal sealed partial record MarkdownTable(string Heading, string[] Columns, IReadOnlyList<string[]> Rows)
{
    public static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    /// <summary>Finds what stands between backticks in a cell.</summary>
    public static string[] CodeIn(string cell) => [.. Code().Matches(cell).Select(match => match.Groups["code"].Value)];

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();
}
