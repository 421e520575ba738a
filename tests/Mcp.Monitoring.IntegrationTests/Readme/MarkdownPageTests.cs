namespace Mcp.Monitoring.IntegrationTests.Readme;

public sealed class MarkdownPageTests
{
    private const string Text = """
        # Title

        ```sh
        # all of it
        curl http://127.0.0.1/a   # the page
        ```

        ## Part

        | name | for |
        |---|---|
        | `a`, `b` | x |

        ```csharp
        // # no heading
        int a = 1;   // one
        ```

        1. First:

           ```yaml
           a:
             b: 1
           ```
        """;

    private static readonly MarkdownPage Page = MarkdownPage.Parse("page", Text);

    [Fact]
    public void Blocks_are_found_by_heading_and_language()
    {
        Assert.Equal(3, Page.Blocks.Count);
        Assert.Equal(3, Page.Block("Title", "sh").Line);
        Assert.Contains("int a", Page.Block("Part", "csharp").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Block_in_a_list_loses_the_indent_of_the_list()
    {
        Assert.Equal("a:\n  b: 1\n", Page.Block("Part", "yaml").Text);
    }

    [Fact]
    public void Comments_are_left_out_and_addresses_are_not()
    {
        Assert.Equal(["", "curl http://127.0.0.1/a"], Page.Block("Title", "sh").LinesWithoutComments);
        Assert.Equal(["", "int a = 1;"], Page.Block("Part", "csharp").LinesWithoutComments);
    }

    [Fact]
    public void Tables_have_columns_and_rows_and_code_in_cells()
    {
        var table = Page.Table("Part");

        Assert.Equal(["name", "for"], table.Columns);
        Assert.Equal(["a", "b"], MarkdownTable.CodeIn(Assert.Single(table.Rows)[0]));
    }
}
