using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mcp.Monitoring.Generators;

/// <summary>A call in the code: whether it is one of a function, and whether it can be intercepted.</summary>
internal static class MonitoredCall
{
    public static bool IsCandidate(SyntaxNode node) => node is InvocationExpressionSyntax invocation && NameOf(invocation) is not null;

    public static CallModel? ModelOf(InvocationExpressionSyntax invocation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!CandidateNames.Of(model.Compilation).Contains(NameOf(invocation)!)
            || model.GetSymbolInfo(invocation, cancellationToken).Symbol is not IMethodSymbol method
            || MonitoredMethod.FunctionOf(method) is not { } function
            || RefusalOf(invocation, method, model, cancellationToken) is not null
            || model.GetInterceptableLocation(invocation, cancellationToken) is not { } location)
        {
            return null;
        }

        return new CallModel(MethodText.Describe(method, function), location.GetInterceptsLocationAttributeSyntax());
    }

    /// <summary>Returns why a call of a function cannot be intercepted; <see langword="null"/> if it can.</summary>
    public static Refusal? RefusalOf(InvocationExpressionSyntax invocation, IMethodSymbol method, SemanticModel model, CancellationToken cancellationToken)
    {
        if (invocation.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax })
        {
            return new(Rules.Base, "");
        }

        return Refusal.Of(method, model.Compilation)
            ?? (IsInExpressionTree(invocation, model, cancellationToken) ? new(Rules.Expression, "") : null);
    }

    public static bool IsInExpressionTree(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        for (SyntaxNode? around = node; around is not null and not MemberDeclarationSyntax; around = around.Parent)
        {
            if (around is LambdaExpressionSyntax
                && model.GetTypeInfo(around, cancellationToken).ConvertedType is INamedTypeSymbol { Name: "Expression", ContainingNamespace: var place }
                && place.ToDisplayString() == "System.Linq.Expressions")
            {
                return true;
            }
        }

        return false;
    }

    private static string? NameOf(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
