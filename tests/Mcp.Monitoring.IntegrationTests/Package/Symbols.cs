using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What an assembly carries for a debugger.</summary>
internal sealed class Symbols : IDisposable
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A"), EmbeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly PEReader _assembly;
    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;

    public Symbols(Stream assembly)
    {
        _assembly = new PEReader(assembly);
        var entries = _assembly.ReadDebugDirectory();
        IsReproducible = entries.Any(entry => entry.Type is DebugDirectoryEntryType.Reproducible);
        _provider = _assembly.ReadEmbeddedPortablePdbDebugDirectoryData(Assert.Single(entries, entry => entry.Type is DebugDirectoryEntryType.EmbeddedPortablePdb));
        _reader = _provider.GetMetadataReader();
    }

    public bool IsReproducible { get; }

    /// <summary>Gets the paths of the sources, as the compiler has written them down.</summary>
    public IReadOnlyList<string> Documents => [.. _reader.Documents.Select(PathOf)];

    /// <summary>Gets what each source's text comes to, by its path.</summary>
    public IReadOnlyDictionary<string, string> Hashes => _reader.Documents.ToDictionary(PathOf, document => Convert.ToHexString(_reader.GetBlobBytes(_reader.GetDocument(document).Hash)), StringComparer.Ordinal);

    /// <summary>Gets those whose text is in the symbols themselves.</summary>
    public IReadOnlyList<string> EmbeddedDocuments =>
        [.. _reader.Documents.Where(document => _reader.GetCustomDebugInformation(document).Any(handle => KindOf(handle) == EmbeddedSourceKind)).Select(PathOf)];

    /// <summary>Gets the JSON that tells where to find the others, or <see langword="null"/> where nobody knows.</summary>
    public string? SourceLink => _reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
        .Where(handle => KindOf(handle) == SourceLinkKind)
        .Select(handle => Encoding.UTF8.GetString(_reader.GetBlobBytes(_reader.GetCustomDebugInformation(handle).Value)))
        .SingleOrDefault();

    public void Dispose()
    {
        _provider.Dispose();
        _assembly.Dispose();
    }

    private string PathOf(DocumentHandle document) => _reader.GetString(_reader.GetDocument(document).Name);

    private Guid KindOf(CustomDebugInformationHandle handle) => _reader.GetGuid(_reader.GetCustomDebugInformation(handle).Kind);
}
