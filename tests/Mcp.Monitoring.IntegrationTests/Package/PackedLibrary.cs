using System.Globalization;
using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The library as <c>dotnet pack</c> makes it of the build under test, in a folder that serves as a feed.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packed");

    /// <summary>Gets the version, another one in each run: NuGet keeps what it once restored and would not look again.</summary>
    internal string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow.Ticks}");

    internal string Feed => Path.Combine(_folder.FullName, "feed");

    internal IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Feed).Select(file => Path.GetFileName(file)!)];

    internal PackageFile Package { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Command.DotnetAsync(
            Repository.Root,
            "pack", "src/Mcp.Monitoring", "--no-build", "-c", Repository.Configuration, "-o", Feed, $"-p:PackageVersion={Version}");
        Package = PackageFile.In(Feed);
    }

    public ValueTask DisposeAsync()
    {
        Package.Dispose();
        _folder.Delete(recursive: true);

        // Where every restore of this machine unpacks what it has restored.
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
#pragma warning disable CA1308 // NuGet's folders are in lower case.
        string restored = Path.Combine(packages, PackageFile.Id.ToLowerInvariant(), Version);
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
}
