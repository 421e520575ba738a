using Mcp.Monitoring.Generators;
using Microsoft.CodeAnalysis;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions.Generated;

/// <summary>What the generator does again when a file is edited.</summary>
public sealed class IncrementalTests
{
    private readonly CompiledProject _project = CompiledProject.Of("""
        class A { [MonitorFunction("f")] public int F() => 1; }
        class B { int G() => new A().F() + new A().F(); }
        """);

    [Fact]
    public void Edit_elsewhere_generates_nothing_anew()
    {
        GeneratorDriver driver = _project.Driver.RunGenerators(_project.Compilation, TestContext.Current.CancellationToken);

        GeneratorRunResult result = Run(driver, _project.Compilation.AddSyntaxTrees(_project.Parse("class C { int G() => H(); int H() => 1; }", "Other.cs")));

        Assert.All(result.TrackedSteps[FunctionCallGenerator.CallsStep].SelectMany(step => step.Outputs), output => Assert.True(IsKept(output.Reason), $"{output.Reason}"));
        Assert.All(result.TrackedSteps[FunctionCallGenerator.FileStep].SelectMany(step => step.Outputs), output => Assert.True(IsKept(output.Reason), $"{output.Reason}"));
        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void Edit_that_makes_a_method_a_function_is_seen()
    {
        GeneratorDriver driver = _project.Driver.RunGenerators(_project.Compilation, TestContext.Current.CancellationToken);
        SyntaxTree before = _project.Compilation.SyntaxTrees.Single();
        string renamed = before.GetText(TestContext.Current.CancellationToken).ToString().Replace("\"f\"", "\"g\"", StringComparison.Ordinal);

        GeneratorRunResult result = Run(driver, _project.Compilation.ReplaceSyntaxTree(before, _project.Parse(renamed, "Code.cs")));

        Assert.Contains("MonitoredFunction F0 = new(\"g\")", Assert.Single(result.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_calls_of_a_method_share_an_interceptor()
    {
        string text = Assert.Single(Run(_project.Driver, _project.Compilation).GeneratedSources).SourceText.ToString();

        Assert.Equal(2, text.Split("[global::System.Runtime.CompilerServices.InterceptsLocationAttribute(").Length - 1);
        Assert.DoesNotContain(" M1(", text, StringComparison.Ordinal);
    }

    private static GeneratorRunResult Run(GeneratorDriver driver, Compilation compilation) =>
        Assert.Single(driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results);

    private static bool IsKept(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
