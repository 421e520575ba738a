using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What a build server makes of a repository on GitHub.</summary>
[Collection(nameof(PackageTests))]
public sealed class SourceLinkTests(PublishedRepository published) : IClassFixture<PublishedRepository>
{
    [Fact]
    public void Debugger_is_led_to_the_source_of_the_commit()
    {
        using var symbols = SymbolsOf(published.Package);

        Assert.Equal(
            $$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/example/mcp-monitoring/{{{published.Commit}}}/*"}}""",
            JsonSerializer.Serialize(JsonDocument.Parse(Assert.IsType<string>(symbols.SourceLink))));
    }

    [Fact]
    public void Every_source_is_in_the_repository_or_in_the_symbols()
    {
        using var symbols = SymbolsOf(published.Package);

        Assert.All(
            symbols.Documents.Except(symbols.EmbeddedDocuments, StringComparer.Ordinal),
            document => Assert.True(published.Has(document.Replace("/_/", "", StringComparison.Ordinal)), $"Nobody finds {document}."));
        // What a generator wrote is in no repository.
        Assert.All(symbols.EmbeddedDocuments, document => Assert.StartsWith("/_/src/Mcp.Monitoring/obj/", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Package_names_its_repository_and_commit()
    {
        var repository = published.Package.Nuspec().Element("repository");

        Assert.Equal("git", repository?.Attribute("type")?.Value);
        Assert.Equal(GitRepository.Remote, repository?.Attribute("url")?.Value);
        Assert.Equal(published.Commit, repository?.Attribute("commit")?.Value);
    }

    [Fact]
    public void Assembly_names_no_folder_of_the_machine_that_built_it()
    {
        using var symbols = SymbolsOf(published.Package);
        byte[] assembly = published.Package.Open(PackageFile.Assembly).ToArray();

        Assert.All(symbols.Documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
        Assert.All(
            [Encoding.UTF8, Encoding.Unicode],
            encoding => Assert.All([published.Folder, Path.GetTempPath()], folder => Assert.Equal(-1, assembly.AsSpan().IndexOf(encoding.GetBytes(folder)))));
    }

    [Fact]
    public void Build_in_another_folder_gives_the_same()
    {
        using var symbols = SymbolsOf(published.Package);
        using var others = SymbolsOf(published.PackageFromElsewhere);

        Assert.Equal(CompiledCode.Of(published.Package.Open(PackageFile.Assembly)), CompiledCode.Of(published.PackageFromElsewhere.Open(PackageFile.Assembly)));
        Assert.Equal(published.Package.Open(PackageFile.Documentation).ToArray(), published.PackageFromElsewhere.Open(PackageFile.Documentation).ToArray());
        Assert.Equal(Sources(symbols), Sources(others));

        // The generator of log methods writes its classes in another order in each run, with the same code as the result.
        static KeyValuePair<string, string>[] Sources(Symbols symbols) =>
            [.. symbols.Hashes.Where(source => !source.Key.EndsWith("/LoggerMessage.g.cs", StringComparison.Ordinal)).OrderBy(source => source.Key, StringComparer.Ordinal)];
    }

    private static Symbols SymbolsOf(PackageFile package) => new(package.Open(PackageFile.Assembly));
}
