using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mcp.Monitoring.Generators;

/// <summary>Which methods are functions, and by what name.</summary>
internal static class MonitoredMethod
{
    public const string Attribute = "MonitorFunctionAttribute";
    public const string Library = "Mcp.Monitoring";
    public const string Namespace = "Mcp.Monitoring.Generated";

    private const string Feature = "InterceptorsNamespaces";

    /// <summary>Returns the name of the function that a call of this method is; <see langword="null"/> where it is none, or the interface's, which <c>AddMonitored</c> measures.</summary>
    public static string? FunctionOf(IMethodSymbol method)
    {
        for (IMethodSymbol? declared = Declared(method); declared is not null; declared = declared.OverriddenMethod)
        {
            if (declared is not { MethodKind: MethodKind.Ordinary, ContainingType.TypeKind: not TypeKind.Interface })
            {
                return null;
            }

            if (NameOf(declared) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Returns the method as it is declared: not as an extension is called, nor with types filled in.</summary>
    public static IMethodSymbol Declared(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition;

    /// <summary>Returns the name that the attribute on this very method gives.</summary>
    public static string? NameOf(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: Attribute } type && type.ContainingNamespace.ToDisplayString() == Library)
            {
                return attribute.ConstructorArguments.FirstOrDefault().Value is string { Length: > 0 } name ? name : null;
            }
        }

        return null;
    }

    /// <summary>Returns whether the project lets generated code of this library intercept calls.</summary>
    public static bool IsOn(ParseOptions? options) =>
        options is CSharpParseOptions { Features: var features }
        && features.TryGetValue(Feature, out string? namespaces)
        && namespaces.Split(';').Any(static name => name.Trim() is Namespace or Library);

    public static bool IsNewEnough(ParseOptions? options) => options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 };
}
