using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Mcp.Monitoring.Generators;

/// <summary>Says which uses of methods with <c>[MonitorFunction]</c> are not measured, and why.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FunctionCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.Delegate, Rules.Base, Rules.Reach, Rules.Signature, Rules.Expression, Rules.Language, Rules.Off, Rules.Place];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName($"{MonitoredMethod.Library}.{MonitoredMethod.Attribute}") is null)
            {
                return;
            }

            start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
            start.RegisterOperationAction(AnalyzeReference, OperationKind.MethodReference);
            start.RegisterOperationAction(AnalyzeFunction, OperationKind.LocalFunction, OperationKind.AnonymousFunction);
            start.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var operation = (IInvocationOperation)context.Operation;
        if (MonitoredMethod.FunctionOf(operation.TargetMethod) is not { } function
            || operation.Syntax is not InvocationExpressionSyntax invocation
            || context.Operation.SemanticModel is not { } model
            || IsOwnBase(invocation, operation.TargetMethod, context.ContainingSymbol))
        {
            return;
        }

        ParseOptions options = invocation.SyntaxTree.Options;
        Refusal? refusal = MonitoredCall.RefusalOf(invocation, operation.TargetMethod, model, context.CancellationToken)
            ?? (!MonitoredMethod.IsOn(options) ? new(Rules.Off, "") : !MonitoredMethod.IsNewEnough(options) ? new(Rules.Language, "") : null);
        if (refusal is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(refusal.Rule, invocation.GetLocation(), Name(operation.TargetMethod), function, refusal.Reason));
        }
    }

    // The call of the override is measured already.
    private static bool IsOwnBase(InvocationExpressionSyntax invocation, IMethodSymbol called, ISymbol around)
    {
        if (invocation.Expression is not MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax })
        {
            return false;
        }

        for (IMethodSymbol? method = around as IMethodSymbol; method is not null; method = method.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, called.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static void AnalyzeReference(OperationAnalysisContext context)
    {
        IMethodSymbol method = ((IMethodReferenceOperation)context.Operation).Method;
        if (MonitoredMethod.FunctionOf(method) is { } function)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Delegate, context.Operation.Syntax.GetLocation(), Name(method), function));
        }
    }

    private static void AnalyzeFunction(OperationAnalysisContext context)
    {
        IMethodSymbol method = context.Operation is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)context.Operation).Symbol;
        if (HasAttribute(method))
        {
            context.ReportDiagnostic(Place(method, "it is a function within a method", "make it a method"));
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!HasAttribute(method))
        {
            return;
        }

        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
        {
            context.ReportDiagnostic(Place(method, "it is not an ordinary method", "put it on a method"));
        }
        else if (MonitoredMethod.NameOf(method) is null)
        {
            context.ReportDiagnostic(Place(method, "it has no name", "give it one, which is the label operation"));
        }
    }

    private static bool HasAttribute(IMethodSymbol method) =>
        method.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: MonitoredMethod.Attribute } type && type.ContainingNamespace.ToDisplayString() == MonitoredMethod.Library);

    private static Diagnostic Place(IMethodSymbol method, string reason, string remedy) =>
        Diagnostic.Create(Rules.Place, method.Locations.FirstOrDefault(), Name(method), reason, remedy);

    private static string Name(IMethodSymbol method) => method.MethodKind is MethodKind.AnonymousFunction ? "lambda"
        : method.ContainingType is { Name.Length: > 0 } type ? $"{type.Name}.{method.Name}"
        : method.Name;
}
