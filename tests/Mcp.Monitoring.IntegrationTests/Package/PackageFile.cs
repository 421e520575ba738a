using System.IO.Compression;
using System.Xml.Linq;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A <c>.nupkg</c>, read.</summary>
internal sealed class PackageFile : IDisposable
{
    public const string Id = "Mcp.Monitoring", Assembly = "lib/net10.0/Mcp.Monitoring.dll", Documentation = "lib/net10.0/Mcp.Monitoring.xml";

    public const string Generators = "analyzers/dotnet/cs/Mcp.Monitoring.Generators.dll", BuildFile = "buildTransitive/Mcp.Monitoring.targets";

    private readonly ZipArchive _archive;

    private PackageFile(string path) => _archive = ZipFile.OpenRead(path);

    /// <summary>Gets what the package brings, without the parts that make a zip file a package.</summary>
    public string[] Contents => [.. _archive.Entries.Select(entry => entry.FullName).Where(name => !IsEnvelope(name)).Order(StringComparer.Ordinal)];

    /// <summary>Opens the only package in a folder.</summary>
    public static PackageFile In(string feed) => new(Xunit.Assert.Single(Directory.EnumerateFiles(feed, "*.nupkg")));

    public XElement Nuspec()
    {
        using Stream stream = Open($"{Id}.nuspec");
        XElement package = XElement.Load(stream);
        foreach (XElement element in package.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return package.Element("metadata")!;
    }

    public MemoryStream Open(string entry)
    {
        using Stream stream = (_archive.GetEntry(entry) ?? throw new InvalidOperationException($"The package has no {entry}.")).Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    public string Text(string entry)
    {
        using var reader = new StreamReader(Open(entry));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    public void Dispose() => _archive.Dispose();

    private static bool IsEnvelope(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
