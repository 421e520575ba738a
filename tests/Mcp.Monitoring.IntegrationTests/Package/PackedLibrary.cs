using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library as <c>dotnet pack</c> makes it of the build under test, in a folder that serves as a feed.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private const string Id = "Mcp.Monitoring";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packed");

    /// <summary>Gets the version, another one in each run: NuGet keeps what it once restored and would not look again.</summary>
    internal string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow.Ticks}");

    internal string Feed => Path.Combine(_folder.FullName, "feed");

    internal IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Feed).Select(file => Path.GetFileName(file)!)];

    public async ValueTask InitializeAsync() => await Command.DotnetAsync(
        Repository.Root,
        "pack", "src/Mcp.Monitoring", "--no-build", "-c", Repository.Configuration, "-o", Feed, $"-p:PackageVersion={Version}");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);

        // Where every restore of this machine unpacks what it has restored.
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
#pragma warning disable CA1308 // NuGet's folders are in lower case.
        string restored = Path.Combine(packages, Id.ToLowerInvariant(), Version);
#pragma warning restore CA1308
        if (Directory.Exists(restored))
        {
            Directory.Delete(restored, recursive: true);
        }

        return default;
    }

    /// <summary>Makes an empty folder for a project that finds the package: the machine's own sources, and this one.</summary>
    internal string NewFolder(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        var sources = new XElement("packageSources", new XElement("add", new XAttribute("key", "packed"), new XAttribute("value", Feed)));
        new XElement("configuration", sources).Save(Path.Combine(folder, "nuget.config"));
        return folder;
    }

    internal XElement Nuspec()
    {
        using Stream stream = Open($"{Id}.nuspec");
        XElement package = XElement.Load(stream);
        foreach (XElement element in package.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return package.Element("metadata")!;
    }

    /// <summary>Lists what the package brings, without the parts that make a zip file a package.</summary>
    internal IReadOnlyList<string> Contents()
    {
        using ZipArchive package = Archive();
        return [.. package.Entries.Select(entry => entry.FullName).Where(name => !IsEnvelope(name)).Order(StringComparer.Ordinal)];

        static bool IsEnvelope(string name) =>
            name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
    }

    internal Stream Open(string entry)
    {
        using ZipArchive package = Archive();
        using Stream stream = (package.GetEntry(entry) ?? throw new InvalidOperationException($"The package has no {entry}.")).Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    internal string Text(string entry)
    {
        using var reader = new StreamReader(Open(entry));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private ZipArchive Archive() => ZipFile.OpenRead(Path.Combine(Feed, $"{Id}.{Version}.nupkg"));
}
