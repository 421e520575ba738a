using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mcp.Monitoring.Generators;

/// <summary>
/// The names of methods that may be functions. Only calls of these are looked at any closer: to find out what each call of a program calls would cost as much as to compile it. Of what
/// has not changed since the last look the names are known.
/// </summary>
internal static class CandidateNames
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> OfCompilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> OfTrees = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, string[]> OfAssemblies = new();

    public static HashSet<string> Of(Compilation compilation) => OfCompilations.GetValue(compilation, Find);

    private static HashSet<string> Find(Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            names.UnionWith(OfTrees.GetValue(tree, static tree => FindIn(tree)));
        }

        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            names.UnionWith(OfAssemblies.GetValue(assembly, static assembly => FindIn(assembly)));
        }

        return names;
    }

    // Any attribute, since ours may have another name here.
    private static string[] FindIn(SyntaxTree tree) =>
    [
        .. tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<MethodDeclarationSyntax>().Where(static method => method.AttributeLists.Count > 0).Select(static method => method.Identifier.ValueText).Distinct(StringComparer.Ordinal),
    ];

    private static string[] FindIn(IAssemblySymbol assembly)
    {
        if (!assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == MonitoredMethod.Library)))
        {
            return [];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<INamespaceOrTypeSymbol>([assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            foreach (ISymbol member in open.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    open.Push(inner);
                }
                else if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && MonitoredMethod.NameOf(method) is not null)
                {
                    names.Add(method.Name);
                }
            }
        }

        return [.. names];
    }
}
