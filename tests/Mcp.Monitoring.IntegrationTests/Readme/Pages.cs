namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>Every page that a reader may copy from: those at the root, and whatever is in <c>docs</c>.</summary>
internal static class Pages
{
    private const string Docs = "docs";

    public static IReadOnlyList<MarkdownPage> All { get; } = [.. Files("*.md").Select(MarkdownPage.Read)];

    /// <summary>Gets the files beside the pages that a reader may take as they are.</summary>
    public static IReadOnlyList<string> Configurations { get; } = [.. Files("monitoring*.*").Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")];

    public static MarkdownPage Readme => All.Single(page => page.Name == "README.md");

    /// <summary>Gets the pages in Russian, each with the page that says the same in English.</summary>
    public static IEnumerable<(string Russian, string English)> Translations => All.Select(page => page.Name)
        .Select(name => (name, name.Replace(".ru.md", ".md", StringComparison.Ordinal).Replace($"{Docs}/ru/", $"{Docs}/", StringComparison.Ordinal)))
        .Where(pair => pair.Item1 != pair.Item2);

    private static IEnumerable<CodeBlock> Blocks => All.SelectMany(page => page.Blocks);

    public static IReadOnlyList<CodeBlock> In(params string[] languages) => [.. Blocks.Where(block => languages.Contains(block.Language, StringComparer.Ordinal))];

    public static CodeBlock Block(string id) => Blocks.Single(block => block.Id == id);

    /// <summary>Makes one row of each block.</summary>
    public static TheoryData<string> Rows(IEnumerable<CodeBlock> blocks) => [.. blocks.Select(block => block.Id)];

    private static IEnumerable<string> Files(string pattern)
    {
        string docs = Path.Combine(Repository.Root, Docs);
        IEnumerable<string> files = Directory.EnumerateFiles(Repository.Root, pattern);
        return (Directory.Exists(docs) ? files.Concat(Directory.EnumerateFiles(docs, pattern, SearchOption.AllDirectories)) : files)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }
}
