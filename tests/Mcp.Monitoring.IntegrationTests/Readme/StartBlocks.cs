namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>What the README's reader does to have a server: the commands that make the project, and its program.</summary>
internal static class StartBlocks
{
    private const string AddPackage = "dotnet add package ";

    public static CodeBlock NewProject => Pages.Readme.Blocks.First(block => block.Language == "sh" && block.Text.Contains("dotnet new web", StringComparison.Ordinal));

    public static CodeBlock Program => Pages.Readme.Blocks.First(block => block.Language == "csharp" && block.Text.Contains("WebApplication.CreateBuilder(args)", StringComparison.Ordinal));

    /// <summary>Finds the packages that a block may use: those of the new project, and those that its own page has added above it.</summary>
    public static string[] PackagesOf(CodeBlock block) =>
    [
        .. Pages.All.Single(page => page.Name == block.Page).Blocks
            .Where(above => above.Language == "sh" && above.Line < block.Line)
            .Prepend(NewProject)
            .SelectMany(above => above.Commands)
            .Where(command => command.StartsWith(AddPackage, StringComparison.Ordinal))
            .Select(command => command[AddPackage.Length..])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
