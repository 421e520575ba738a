using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mcp.Monitoring.Generators;

/// <summary>Measures calls of methods with <c>[MonitorFunction]</c>: each is replaced, when the project is compiled, by one of a method that measures and hands on.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FunctionCallGenerator : IIncrementalGenerator
{
    /// <summary>The steps, as a test finds them.</summary>
    public const string CallsStep = "Calls", FileStep = "File";

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<CallModel> calls = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => MonitoredCall.IsCandidate(node),
                static (found, cancellationToken) => MonitoredCall.ModelOf((InvocationExpressionSyntax)found.Node, found.SemanticModel, cancellationToken))
            .Where(static call => call is not null)
            .Select(static (call, _) => call!)
            .WithTrackingName(CallsStep);
        IncrementalValueProvider<bool> isOn = context.ParseOptionsProvider.Select(static (options, _) => MonitoredMethod.IsOn(options) && MonitoredMethod.IsNewEnough(options));
        IncrementalValueProvider<string?> file = calls.Collect().Combine(isOn)
            .Select(static (found, _) => found.Right && !found.Left.IsEmpty ? FunctionCallWriter.Write(found.Left) : null)
            .WithTrackingName(FileStep);

        context.RegisterImplementationSourceOutput(file, static (output, text) =>
        {
            if (text is not null)
            {
                output.AddSource("FunctionCalls.g.cs", text);
            }
        });
    }
}
