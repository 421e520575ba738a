namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>No code of a page stands outside the tests, and a page in Russian shows the code of the page in English.</summary>
public sealed class PagesTests
{
    // What somebody else says, and drawings.
    private static readonly string[] NotRead = ["text", "mermaid"];

    private static readonly string[] Checked = ["csharp", "json", "promql", "sh", "yaml"];

    public static TheoryData<string, string> Translations()
    {
        var rows = new TheoryData<string, string>();
        foreach ((string russian, string english) in Pages.Translations)
        {
            rows.Add(russian, english);
        }

        return rows;
    }

    [Fact]
    public void Every_block_is_in_a_language_that_a_test_checks()
    {
        string[] unknown = [.. Pages.All.SelectMany(page => page.Blocks).Where(block => !Checked.Contains(block.Language) && !NotRead.Contains(block.Language)).Select(block => block.ToString())];

        Assert.True(unknown.Length is 0, $"No test checks {string.Join("; ", unknown)}. A block is one of {string.Join(", ", Checked)}; what a program says is text.");
    }

    [Fact]
    public void Pages_of_the_root_and_of_docs_are_found()
    {
        Assert.Contains(Pages.All, page => page.Name == "README.ru.md");
        Assert.Contains(Pages.All, page => page.Name == "MIGRATION.md");
        Assert.Equal(Directory.Exists(Path.Combine(Repository.Root, "docs")), Pages.All.Any(page => page.Name.StartsWith("docs/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Russian_page_shows_the_same_code_with_comments_in_Russian(string russian, string english)
    {
        Assert.Equal(Code(Page(english)), Code(Page(russian)));

        static string[] Code(MarkdownPage page) =>
            [.. page.Blocks.Where(block => !NotRead.Contains(block.Language)).Select(block => $"{block.Language}\n{string.Join('\n', block.LinesWithoutComments)}")];
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Russian_page_has_the_same_tables_with_the_same_code_in_them(string russian, string english)
    {
        Assert.Equal(Code(Page(english)), Code(Page(russian)));

        static string[] Code(MarkdownPage page) =>
            [.. page.Tables.SelectMany(table => table.Rows).Select(row => string.Join(' ', row.SelectMany(MarkdownTable.CodeIn)))];
    }

    private static MarkdownPage Page(string name) => Pages.All.SingleOrDefault(page => page.Name == name) ?? throw new InvalidOperationException($"There is no {name}.");
}
