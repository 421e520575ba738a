using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Mcp.Monitoring.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions.Generated;

/// <summary>A project of a user in memory, compiled as the package has it compiled.</summary>
internal sealed class CompiledProject
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpParseOptions _options;

    private CompiledProject(CSharpParseOptions options, CSharpCompilation compilation)
    {
        _options = options;
        Compilation = compilation;
        Driver = CSharpGeneratorDriver.Create(
            [new FunctionCallGenerator().AsSourceGenerator()], parseOptions: options, driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
    }

    public CSharpCompilation Compilation { get; }

    public GeneratorDriver Driver { get; }

    public static CompiledProject Of(string code, bool isOn = true, LanguageVersion language = LanguageVersion.CSharp14, string name = "Project", params MetadataReference[] others)
    {
        CSharpParseOptions options = new CSharpParseOptions(language).WithFeatures(isOn ? [new("InterceptorsNamespaces", "Other;Mcp.Monitoring.Generated")] : []);
        const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Linq.Expressions; using System.Threading; using System.Threading.Tasks; using Mcp.Monitoring;\n";
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + code, options, "Code.cs", System.Text.Encoding.UTF8)],
            [.. References, .. others],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        return new CompiledProject(options, compilation);
    }

    public SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(code, _options, path, System.Text.Encoding.UTF8);

    /// <summary>Compiles with what was generated; nothing is said of it but what the analyzer says.</summary>
    public Compilation Compile()
    {
        Driver.RunGeneratorsAndUpdateCompilation(Compilation, out Compilation compiled, out ImmutableArray<Diagnostic> said, TestContext.Current.CancellationToken);
        Assert.Empty(said);
        Assert.Empty(compiled.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return compiled;
    }

    /// <returns>What the build says of functions, each as its id and message.</returns>
    public async Task<string[]> WarningsAsync()
    {
        CompilationWithAnalyzers analysed = Compile().WithAnalyzers([new FunctionCallAnalyzer()]);
        return [.. (await analysed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).OrderBy(said => said.Location.SourceSpan.Start).Select(said => $"{said.Id} {said.GetMessage(null)}")];
    }

    public MetadataReference AsReference() => MetadataReference.CreateFromImage(Emit());

    /// <summary>Loads it, with others before it, and finds its method <c>Program.Run</c>.</summary>
    public T Load<T>(params CompiledProject[] others)
        where T : Delegate
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        foreach (CompiledProject other in others)
        {
            context.LoadFromStream(new MemoryStream(other.Emit()));
        }

        Assembly assembly = context.LoadFromStream(new MemoryStream(Emit()));
        return assembly.GetType("Program")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<T>();
    }

    private byte[] Emit()
    {
        using var image = new MemoryStream();
        Assert.True(Compile().Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return image.ToArray();
    }
}
