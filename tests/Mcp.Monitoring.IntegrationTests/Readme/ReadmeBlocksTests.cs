namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>No code of the README stands outside the tests, and both READMEs show the same code.</summary>
public sealed class ReadmeBlocksTests
{
    [Fact]
    public void Every_block_is_used_by_a_test()
    {
        var unused = ReadmeBlocks.Page.Blocks.Except(ReadmeBlocks.All).ToList();

        Assert.True(unused.Count is 0, $"No test uses {string.Join(", ", unused)}. Name it in {nameof(ReadmeBlocks)} and use it.");
    }

    [Fact]
    public void First_lines_are_lines_of_the_program()
    {
        var program = ReadmeBlocks.Program.LinesWithoutComments;

        Assert.Subset(program.ToHashSet(StringComparer.Ordinal), ReadmeBlocks.FirstLines.LinesWithoutComments.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Russian_page_shows_the_same_code_with_comments_in_Russian()
    {
        var russian = MarkdownPage.Read("README.ru.md").Blocks;

        Assert.Equal(Code(ReadmeBlocks.Page.Blocks), Code(russian));

        static string[] Code(List<CodeBlock> blocks) => [.. blocks.Select(block => $"{block.Language}\n{string.Join('\n', block.LinesWithoutComments)}")];
    }

    [Fact]
    public void Russian_page_has_the_same_tables_with_the_same_code_in_them()
    {
        var russian = MarkdownPage.Read("README.ru.md").Tables;

        Assert.Equal(Code(ReadmeBlocks.Page.Tables), Code(russian));

        static string[] Code(List<MarkdownTable> tables) =>
            [.. tables.SelectMany(table => table.Rows).Select(row => string.Join(' ', row.SelectMany(MarkdownTable.CodeIn)))];
    }
}
