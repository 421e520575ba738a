using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What is in the package, and what it says of itself.</summary>
[Collection(nameof(PackageTests))]
public sealed class PackageContentTests(PackedLibrary packed)
{
    [Fact]
    public void Pack_makes_one_file()
    {
        Assert.Equal([$"Mcp.Monitoring.{packed.Version}.nupkg"], packed.Files);
    }

    [Fact]
    public void Package_holds_what_a_user_needs_and_nothing_else()
    {
        Assert.Equal(
            [
                "CHANGELOG.md", "LICENSE", "MIGRATION.md", "Mcp.Monitoring.nuspec", "README.md",
                PackageFile.Generators, PackageFile.BuildFile, PackageFile.Assembly, PackageFile.Documentation,
            ],
            packed.Package.Contents);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("LICENSE")]
    [InlineData("MIGRATION.md")]
    [InlineData("CHANGELOG.md")]
    public void Page_in_the_package_is_that_of_the_repository(string name)
    {
        Assert.Equal(Repository.Read(name), packed.Package.Text(name));
    }

    [Theory]
    [InlineData("license", "MIT")]
    [InlineData("readme", "README.md")]
    [InlineData("authors", "The Mcp.Monitoring authors")]
    public void Package_says_of_itself(string element, string value)
    {
        Assert.Equal(value, packed.Package.Nuspec().Element(element)?.Value);
    }

    [Fact]
    public void Package_depends_on_what_is_pinned_for_the_library()
    {
        var pinned = XElement.Parse(Repository.Read("Directory.Packages.props")).Elements("ItemGroup")
            .Single(group => group.Attribute("Label")?.Value == "The library")
            .Elements("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");

        var group = Assert.Single(packed.Package.Nuspec().Element("dependencies")!.Elements("group"));

        Assert.Equal("net10.0", group.Attribute("targetFramework")?.Value);
        Assert.Equal(Sorted(pinned), Sorted(group.Elements("dependency").Select(IdAndVersion)));
        Assert.Equal("Microsoft.AspNetCore.App", Assert.Single(packed.Package.Nuspec().Descendants("frameworkReference")).Attribute("name")?.Value);
    }

    [Fact]
    public void Pages_give_a_reason_for_every_dependency()
    {
        var explained = Pages.All.SelectMany(page => page.Tables).Where(table => table.Columns[0] == "package").SelectMany(table => table.Rows).SelectMany(row => MarkdownTable.CodeIn(row[0]));

        Assert.Equal(
            Sorted(packed.Package.Nuspec().Descendants("dependency").Select(dependency => dependency.Attribute("id")!.Value)),
            Sorted(explained));
    }

    [Fact]
    public void Symbols_are_in_the_assembly()
    {
        using var symbols = new Symbols(packed.Package.Open(PackageFile.Assembly));

        Assert.True(symbols.IsReproducible);
        Assert.Contains(symbols.Documents, document => document.EndsWith("McpMonitor.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Assembly_in_the_package_is_the_one_under_test()
    {
        Assert.Equal(File.ReadAllBytes(typeof(McpMonitor).Assembly.Location), packed.Package.Open(PackageFile.Assembly).ToArray());
    }

    [Fact]
    public void Generators_in_the_package_are_those_under_test()
    {
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Repository.Root, "src", "Mcp.Monitoring.Generators", "bin", Repository.Configuration, "netstandard2.0", "Mcp.Monitoring.Generators.dll")),
            packed.Package.Open(PackageFile.Generators).ToArray());
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static string IdAndVersion(XElement dependency) => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}";
}
