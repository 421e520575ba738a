using Microsoft.CodeAnalysis;

namespace Mcp.Monitoring.Generators;

/// <summary>Writes the parts of an interceptor: the signature of the method, with the names of types in full and type parameters numbered, those of its type before its own.</summary>
internal sealed class MethodText
{
    private const string Receiver = "self";

    private static readonly SymbolDisplayFormat InFull = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly IMethodSymbol _method;
    private readonly bool _isReduced;
    private readonly List<ITypeParameterSymbol> _typeParameters = [];

    private MethodText(IMethodSymbol called)
    {
        _method = MonitoredMethod.Declared(called);
        _isReduced = called.ReducedFrom is not null;
        AddParametersOf(_method.ContainingType);
        _typeParameters.AddRange(_method.TypeParameters);
    }

    public static MethodModel Describe(IMethodSymbol called, string function)
    {
        var text = new MethodText(called);
        IMethodSymbol method = text._method;
        int token = method.Parameters.ToList().FindLastIndex(static parameter => parameter is { RefKind: RefKind.None, Type: { Name: "CancellationToken" } type } && IsOf(type, "System.Threading"));
        return new MethodModel(
            function,
            text._typeParameters.Count == 0 ? "" : $"<{string.Join(", ", text._typeParameters.Select(static (_, i) => $"T{i}"))}>",
            text.Parameters(),
            string.Concat(text._typeParameters.Select(text.Constraints)),
            text.Type(method.ReturnType),
            text.Call(),
            CompletionOf(method),
            token < 0 ? "" : $"a{token}");
    }

    private static Completion CompletionOf(IMethodSymbol method) => method.ReturnType switch
    {
        _ when method.ReturnsVoid => Completion.ReturnsNothing,
        INamedTypeSymbol { Name: "Task" or "ValueTask" } task when IsOf(task, "System.Threading.Tasks") => Completion.Completes,
        INamedTypeSymbol { Name: "IAsyncEnumerable" } stream when IsOf(stream, "System.Collections.Generic") => Completion.IsRead,
        _ => Completion.Returns,
    };

    private static bool IsOf(ITypeSymbol type, string place) => type.ContainingType is null && type.ContainingNamespace?.ToDisplayString() == place;

    private void AddParametersOf(INamedTypeSymbol? type)
    {
        if (type is not null)
        {
            AddParametersOf(type.ContainingType);
            _typeParameters.AddRange(type.TypeParameters);
        }
    }

    private string Parameters()
    {
        IEnumerable<string> parameters = _method.Parameters.Select((parameter, i) => $"{(_isReduced && i == 0 ? "this " : "")}{Modifiers(parameter)}{Type(parameter.Type)} a{i}");
        return string.Join(", ", _method.IsStatic ? parameters : parameters.Prepend($"this {Type(_method.ContainingType)} {Receiver}"));
    }

    private string Call()
    {
        IEnumerable<string> arguments = _method.Parameters.Select(static (parameter, i) => parameter.RefKind switch
        {
            RefKind.Ref => $"ref a{i}",
            RefKind.Out => $"out a{i}",
            RefKind.In or RefKind.RefReadOnlyParameter => $"in a{i}",
            _ => $"a{i}",
        });
        IEnumerable<string> own = _method.TypeParameters.Select(parameter => $"T{_typeParameters.IndexOf(parameter)}");
        string types = _method.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", own)}>";
        return $"{(_method.IsStatic ? Type(_method.ContainingType) : Receiver)}.@{_method.Name}{types}({string.Join(", ", arguments)})";
    }

    private static string Modifiers(IParameterSymbol parameter) => (parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out ? "scoped " : "") + parameter.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    private string Constraints(ITypeParameterSymbol parameter, int number)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(Type));
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where T{number} : {string.Join(", ", constraints)}";
    }

    private string Type(ITypeSymbol type) => string.Concat(type.ToDisplayParts(InFull).Select(part =>
        part.Symbol is ITypeParameterSymbol parameter && _typeParameters.IndexOf(parameter) is >= 0 and var number ? $"T{number}" : part.ToString()));
}
