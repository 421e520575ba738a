using Microsoft.CodeAnalysis;

namespace Mcp.Monitoring.Generators;

/// <summary>Why a call cannot be intercepted.</summary>
internal sealed record Refusal(DiagnosticDescriptor Rule, string Reason)
{
    /// <summary>Returns why no call of a method can be; <see langword="null"/> if it can.</summary>
    public static Refusal? Of(IMethodSymbol called, Compilation compilation)
    {
        IMethodSymbol method = MonitoredMethod.Declared(called);
        if (method.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type)
        {
            return new(Rules.Signature, "it is not an ordinary method of a class");
        }

        return OfReach(method, compilation) ?? OfSignature(method, type);
    }

    // What its signature names is visible wherever the method is.
    private static Refusal? OfReach(IMethodSymbol method, Compilation compilation)
    {
        var around = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            around.Push(type);
        }

        foreach (INamedTypeSymbol type in around)
        {
            if (type.IsFileLocal || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            {
                return new(Rules.Reach, $"its type {type.Name} is {(type.IsFileLocal ? "local to its file" : Text(type.DeclaredAccessibility))}");
            }
        }

        return compilation.IsSymbolAccessibleWithin(method, compilation.Assembly) ? null : new(Rules.Reach, $"it is {Text(method.DeclaredAccessibility)}");
    }

    private static Refusal? OfSignature(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (type.IsValueType && !method.IsStatic)
        {
            return new(Rules.Signature, $"{type.Name} is a struct");
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            return new(Rules.Signature, "it returns by reference");
        }

        if (method.ReturnType.IsRefLikeType || IsPointer(method.ReturnType))
        {
            return new(Rules.Signature, $"it returns {method.ReturnType.ToDisplayString()}");
        }

        if (method.IsVararg || method.Parameters.Any(parameter => IsPointer(parameter.Type)))
        {
            return new(Rules.Signature, "it takes a pointer");
        }

        if (method.TypeParameters.Concat(type.TypeParameters).Any(parameter => parameter.AllowsRefLikeType))
        {
            return new(Rules.Signature, "its type parameters allow ref structs");
        }

        return method.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "ConditionalAttribute" }) ? new(Rules.Signature, "it is [Conditional]") : null;
    }

    private static bool IsPointer(ITypeSymbol type) => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer || (type is IArrayTypeSymbol array && IsPointer(array.ElementType));

    private static string Text(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Private => "private",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "hidden",
    };
}
