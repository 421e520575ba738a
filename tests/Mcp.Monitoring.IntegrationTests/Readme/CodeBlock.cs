using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>One fenced block of a page: the page, the heading above it, its language, its text, and the line on which it begins.</summary>
internal sealed partial record CodeBlock(string Page, string Heading, string Language, string Text, int Line)
{
    /// <summary>Gets what a test of this block is called by.</summary>
    public string Id => $"{Page}:{Line}";

    public IEnumerable<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the lines without what is said to the reader: a page in another language says it in that language.</summary>
    public string[] LinesWithoutComments => [.. Lines.Select(line => Comment().Replace(line, "").TrimEnd())];

    /// <summary>Gets the commands of a block of the shell, one by one.</summary>
    public IEnumerable<string> Commands => string.Join('\n', LinesWithoutComments).Replace("\\\n", "", StringComparison.Ordinal)
        .Split(["\n", " && ", " || ", " | ", "; "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{Id}, the {Language} block under \"{Heading}\"";

    // Behind a space: the two slashes of an address and the mark of a colour are none.
    [GeneratedRegex(@"(^|\s)(//|#)\s.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comment();
}
