namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The page for those who come from the Python package: its rows by state.</summary>
internal static class MigrationPage
{
    private const string Here = "here", State = "state";

    public static MarkdownPage Page { get; } = Pages.All.Single(page => page.Name == "MIGRATION.md");

    /// <summary>Gets the code of a table's column that has one of the given states.</summary>
    public static string[] Code(string table, string column, params string[] states)
    {
        var found = Page.Table(table);
        int at = Array.IndexOf(found.Columns, column), state = Array.IndexOf(found.Columns, State);
        return [.. found.Rows.Where(row => states.Contains(row[state], StringComparer.Ordinal)).SelectMany(row => MarkdownTable.CodeIn(row[at]))];
    }

    /// <summary>Gets the code of the column that says what is here.</summary>
    public static string[] New(string table, params string[] states) => Code(table, Here, states);
}
