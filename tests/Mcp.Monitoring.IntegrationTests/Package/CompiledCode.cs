using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What an assembly does, byte by byte: the code of every method, and the names, texts and signatures that it refers to.</summary>
internal static class CompiledCode
{
    // Not the tables: they hold addresses, which move with the length of the symbols behind them.
    private static readonly HeapIndex[] Heaps = [HeapIndex.String, HeapIndex.UserString, HeapIndex.Blob];

    public static byte[] Of(Stream assembly)
    {
        using var image = new PEReader(assembly);
        MetadataReader reader = image.GetMetadataReader();
        byte[] metadata = [.. image.GetMetadata().GetContent()];
        var names = Heaps.SelectMany(heap => metadata.AsSpan(reader.GetHeapMetadataOffset(heap), reader.GetHeapSize(heap)).ToArray());
        var code = reader.MethodDefinitions.Select(method => reader.GetMethodDefinition(method).RelativeVirtualAddress)
            .Where(address => address is not 0)
            .SelectMany(address => image.GetMethodBody(address).GetILBytes() ?? []);
        return [.. names, .. code];
    }
}
