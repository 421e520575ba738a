using System.Collections.Concurrent;
using System.Xml.Linq;
using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>One empty project for each set of packages that the pages add.</summary>
public sealed class EmptyProjects(PackedLibrary packed)
{
    private readonly ConcurrentDictionary<string, Task<EmptyProject>> _made = new(StringComparer.Ordinal);

    internal Task<EmptyProject> WithAsync(string[] packages) => _made.GetOrAdd(
        string.Join('+', packages),
        name => EmptyProject.CreateAsync(packed.NewFolder($"empty-{_made.Count}-{name.GetHashCode(StringComparison.Ordinal)}"), packages.Select(package => (package, VersionOf(package)))));

    private string VersionOf(string package) => package switch
    {
        PackageFile.Id => packed.Version,
        ReadmeProject.Hosting => ReadmeProject.HostingVersion,
        _ => Pinned(package) ?? "*",
    };

    private static string? Pinned(string package) => XElement.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
        .SingleOrDefault(pinned => pinned.Attribute("Include")!.Value == package)?.Attribute("Version")!.Value;
}
