using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>One fenced block of a page: the heading above it, its language, its text, and the line on which it begins.</summary>
internal sealed partial record CodeBlock(string Heading, string Language, string Text, int Line)
{
    public IEnumerable<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the lines without what is said to the reader: a page in another language says it in that language.</summary>
    public string[] LinesWithoutComments => [.. Lines.Select(line => Comment().Replace(line, "").TrimEnd())];

    public override string ToString() => $"the {Language} block of line {Line}, under \"{Heading}\"";

    // Behind a space: the two slashes of an address and the mark of a colour are none.
    [GeneratedRegex(@"(^|\s)(//|#)\s.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comment();
}
