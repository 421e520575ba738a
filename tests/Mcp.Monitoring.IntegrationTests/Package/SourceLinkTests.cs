using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What a build server makes of a repository on GitHub.</summary>
[Collection(nameof(PackageTests))]
public sealed class SourceLinkTests
{
    [Fact]
    public async Task Debugger_finds_every_source_and_another_folder_gives_the_same_bytes()
    {
        using var repository = await GitRepository.CreateAsync();
        await repository.PackAsync();
        using var clone = await repository.CloneAsync();
        await clone.PackAsync();
        string commit = await repository.CommitAsync();
        using var package = PackageFile.In(Path.Combine(repository.Folder, "feed"));
        using var symbols = new Symbols(package.Open(PackageFile.Assembly));

        Assert.Equal(
            $$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/example/mcp-monitoring/{{{commit}}}/*"}}""",
            JsonSerializer.Serialize(JsonDocument.Parse(Assert.IsType<string>(symbols.SourceLink))));
        // What a generator wrote is in no repository.
        Assert.All(symbols.Documents.Except(symbols.EmbeddedDocuments, StringComparer.Ordinal), document => Assert.StartsWith("/_/src/Mcp.Monitoring/", document, StringComparison.Ordinal));
        Assert.All(symbols.EmbeddedDocuments, document => Assert.Contains("/obj/", document, StringComparison.Ordinal));

        var address = package.Nuspec().Element("repository");
        Assert.Equal("git", address?.Attribute("type")?.Value);
        Assert.Equal(GitRepository.Remote + ".git", address?.Attribute("url")?.Value);
        Assert.Equal(commit, address?.Attribute("commit")?.Value);

        using var other = PackageFile.In(Path.Combine(clone.Folder, "feed"));
        Assert.Equal(package.Open(PackageFile.Assembly).ToArray(), other.Open(PackageFile.Assembly).ToArray());
        Assert.Equal(package.Open(PackageFile.Documentation).ToArray(), other.Open(PackageFile.Documentation).ToArray());
    }
}
