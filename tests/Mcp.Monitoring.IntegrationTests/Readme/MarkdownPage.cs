using System.Text;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>A Markdown file of the repository: its fenced blocks and its tables.</summary>
internal sealed class MarkdownPage
{
    private const string Fence = "```";

    private MarkdownPage(string name) => Name = name;

    /// <summary>Gets its path in the repository.</summary>
    public string Name { get; }

    public List<CodeBlock> Blocks { get; } = [];

    public List<MarkdownTable> Tables { get; } = [];

    public static MarkdownPage Read(string name) => Parse(name, Repository.Read(name));

    public static MarkdownPage Parse(string name, string text)
    {
        var page = new MarkdownPage(name);
        string[] lines = text.Split('\n');
        string heading = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (IsFence(lines[i]))
            {
                i = page.ReadBlock(lines, i, heading);
            }
            else if (lines[i].StartsWith('|'))
            {
                i = page.ReadTable(lines, i, heading);
            }
            else if (lines[i].StartsWith('#'))
            {
                heading = lines[i].TrimStart('#').Trim();
            }
        }

        return page;
    }

    /// <summary>Finds the only block of a language under a heading; with several there, the one that says something.</summary>
    public CodeBlock Block(string heading, string language, string says = "") =>
        Assert.Single(Blocks, block => block.Heading == heading && block.Language == language && block.Text.Contains(says, StringComparison.Ordinal));

    public MarkdownTable Table(string heading) => Assert.Single(Tables, table => table.Heading == heading);

    public override string ToString() => Name;

    private int ReadBlock(string[] lines, int start, string heading)
    {
        // A block in a list is indented as a whole.
        int indent = lines[start].IndexOf(Fence, StringComparison.Ordinal);
        var text = new StringBuilder();
        int end = start + 1;
        while (!IsFence(lines[end]))
        {
            string line = lines[end++];
            text.Append(line.AsSpan(Math.Min(indent, line.Length))).Append('\n');
        }

        Blocks.Add(new CodeBlock(Name, heading, lines[start].Trim()[Fence.Length..], text.ToString(), start + 1));
        return end;
    }

    private static bool IsFence(string line) => line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);

    private int ReadTable(string[] lines, int start, string heading)
    {
        int end = start;
        while (end < lines.Length && lines[end].StartsWith('|'))
        {
            end++;
        }

        // The second line only separates the head from the rows.
        Tables.Add(new MarkdownTable(heading, MarkdownTable.Cells(lines[start]), [.. lines[(start + 2)..end].Select(MarkdownTable.Cells)]));
        return end - 1;
    }
}
