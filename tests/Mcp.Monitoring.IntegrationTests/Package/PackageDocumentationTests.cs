using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>The descriptions in the package are those of what a user can call, and of nothing else.</summary>
[Collection(nameof(PackageTests))]
public sealed class PackageDocumentationTests(PackedLibrary packed)
{
    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(McpMonitor).Assembly.Location);

    private static readonly CSharpCompilation Reader = CSharpCompilation.Create("reader", references: [Library, .. OfThisProcess()]);

    [Fact]
    public void Every_described_member_is_public()
    {
        string[] hidden = [.. Described().Where(id => !IsPublic(DocumentationCommentId.GetFirstSymbolForDeclarationId(id, Reader)))];

        Assert.True(hidden.Length is 0, $"{hidden.Length} members are shipped that nobody can call: {string.Join(", ", hidden.Take(20))}");
    }

    [Fact]
    public void Every_public_member_that_a_person_wrote_is_described()
    {
        var described = Described();

        string[] missing = [.. PublicMembers(Assert.IsType<IAssemblySymbol>(Reader.GetAssemblyOrModuleSymbol(Library), exactMatch: false)).Except(described, StringComparer.Ordinal)];

        Assert.True(missing.Length is 0, $"{missing.Length} public members have no description: {string.Join(", ", missing.Take(20))}");
        Assert.True(described.Count > 400);
    }

    private HashSet<string> Described()
    {
        using Stream stream = packed.Package.Open(PackageFile.Documentation);
        return XElement.Load(stream).Descendants("member").Select(member => member.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
    }

    // What its signatures are made of: a member whose parameters nobody knows is not found.
    private static IEnumerable<MetadataReference> OfThisProcess() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => path != typeof(McpMonitor).Assembly.Location)
        .Select(path => MetadataReference.CreateFromFile(path));

    private static IEnumerable<string> PublicMembers(IAssemblySymbol assembly) => Types(assembly.GlobalNamespace)
        .Where(IsPublic)
        .SelectMany(type => type.GetMembers().Where(IsWritten).Prepend(type))
        .Where(IsPublic)
        .Select(symbol => symbol.GetDocumentationCommentId()!);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamedTypeSymbol type => Types(type).Prepend(type),
        INamespaceSymbol inner => Types(inner),
        _ => [],
    });

    private static bool IsPublic(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return symbol is not null;
    }

    // What the compiler adds has no description, nor has what is described elsewhere: accessors by their property, overrides by what they override, constructors of nothing.
    private static bool IsWritten(ISymbol member) =>
        member is not IFieldSymbol { Name: "value__" }
        && member is not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) }
        && member is not IMethodSymbol { IsOverride: true }
        && member is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 }
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CompilerGeneratedAttribute");
}
