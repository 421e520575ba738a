namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>A page of runbooks, cut at its headings.</summary>
internal static class RunbookSections
{
    private const string Heading = "\n## ";

    /// <summary>Gets each heading with the text below it, also those that are of no alert.</summary>
    public static IReadOnlyList<(string Heading, string Text)> Of(string page) =>
    [
        .. page.Split(Heading).Skip(1).Select(part => (part[..part.IndexOf('\n', StringComparison.Ordinal)], part[part.IndexOf('\n', StringComparison.Ordinal)..])),
    ];

    public static string Of(string page, string alert) => Of(page).Single(section => section.Heading == alert).Text;
}
