using Microsoft.CodeAnalysis.CSharp;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions.Generated;

/// <summary>What the build says where a function is not measured.</summary>
public sealed class FunctionWarningTests
{
    private const string F = "[MonitorFunction(\"f\")] public int F() => 1;";

    public static TheoryData<string, string> Warnings => new()
    {
        { $$"""class A { {{F}} Func<int> G() => F; }""", "MCPM001 'A.F' is used as a delegate, and calls through it are not measured as 'f'; write a lambda that calls it" },
        { """class A { [MonitorFunction("f")] public virtual int F() => 1; } class B : A { public override int F() => base.F(); int G() => base.F(); }""", "MCPM002 'A.F' is called through base, and this call is not measured as 'f'; move the work to a method that is not virtual and has the attribute" },
        { """class A { [MonitorFunction("f")] int F() => 1; int G() => F(); }""", "MCPM003 This call of 'A.F' is not measured as 'f', since it is private; make it internal" },
        { """class A { [MonitorFunction("f")] protected int F() => 1; int G() => F(); }""", "MCPM003 This call of 'A.F' is not measured as 'f', since it is protected; make it internal" },
        { $$"""class A { class B { {{F}} } int G() => new B().F(); }""", "MCPM003 This call of 'B.F' is not measured as 'f', since its type B is private; make it internal" },
        { $$"""file class B { {{F}} } class A { int G() => new B().F(); }""", "MCPM003 This call of 'B.F' is not measured as 'f', since its type B is local to its file; make it internal" },
        { """class A { class B { public class C { [MonitorFunction("f")] public int F() => 1; } } int G() => new B.C().F(); }""", "MCPM003 This call of 'C.F' is not measured as 'f', since its type B is private; make it internal" },
        { """class A<T> { } class D { class B { } internal class C { [MonitorFunction("f")] internal static int F<T>() where T : A<int> => 1; } int G() => C.F<A<int>>(); }""", "" },
        { """class A { int _a; [MonitorFunction("f")] public ref int F() => ref _a; int G() => F(); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since it returns by reference; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """class A { [MonitorFunction("f")] public Span<int> F() => default; int G() => F().Length; }""", "MCPM004 This call of 'A.F' is not measured as 'f', since it returns System.Span<int>; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """unsafe class A { [MonitorFunction("f")] public int F(int* a) => *a; int G() => F(null); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since it takes a pointer; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """unsafe class A { [MonitorFunction("f")] public int F(int*[] a) => a.Length; int G() => F([]); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since it takes a pointer; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """struct A { [MonitorFunction("f")] public int F() => 1; } class B { int G() => new A().F(); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since A is a struct; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """class A { [MonitorFunction("f")] public int F<T>(T a) where T : allows ref struct => 1; int G() => F(1); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since its type parameters allow ref structs; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """class A { [MonitorFunction("f"), System.Diagnostics.Conditional("DEBUG")] public void F() { } void G() => F(); }""", "MCPM004 This call of 'A.F' is not measured as 'f', since it is [Conditional]; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { $$"""class A { {{F}} Expression<Func<A, int>> G() => a => a.F(); }""", "MCPM005 'A.F' is called in an expression tree, and this call is not measured as 'f'; call it outside of the expression" },
        { """static class A { extension(int a) { [MonitorFunction("f")] public int F() => a; } static int G() => 1.F(); }""", "MCPM004 This call of 'F' is not measured as 'f', since it is not an ordinary method of a class; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work" },
        { """class A { void G() { [MonitorFunction("f")] int F() => 1; F(); } }""", "MCPM008 [MonitorFunction] on 'A.F' has no effect, since it is a function within a method; make it a method" },
        { """class A { Func<int> G() => [MonitorFunction("f")] () => 1; }""", "MCPM008 [MonitorFunction] on 'lambda' has no effect, since it is a function within a method; make it a method" },
        { """class A { int G { [MonitorFunction("f")] get => 1; } }""", "MCPM008 [MonitorFunction] on 'A.get_G' has no effect, since it is not an ordinary method; put it on a method" },
        { """class A { [MonitorFunction("")] public int F() => 1; int G() => F(); }""", "MCPM008 [MonitorFunction] on 'A.F' has no effect, since it has no name; give it one, which is the label operation" },
        { $$"""class A { {{F}} string G() => nameof(F); Func<int> H() => () => F(); }""", "" },
    };

    [Theory]
    [MemberData(nameof(Warnings))]
    public async Task Build_says_what_is_not_measured_and_why(string code, string warning)
    {
        string[] said = await CompiledProject.Of(code).WarningsAsync();

        Assert.Equal(warning.Length == 0 ? [] : [warning], said);
    }

    [Fact]
    public async Task Project_in_which_interceptors_are_not_on_is_told_so()
    {
        var project = CompiledProject.Of($$"""class A { {{F}} int G() => F(); }""", isOn: false);

        Assert.StartsWith("MCPM007 This call of 'A.F' is not measured as 'f', since the build files of the package Mcp.Monitoring are left out", Assert.Single(await project.WarningsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_in_an_old_language_is_told_so()
    {
        var project = CompiledProject.Of($$"""class A { {{F}} int G() { return F(); } }""", language: LanguageVersion.CSharp10);

        Assert.StartsWith("MCPM006 This call of 'A.F' is not measured as 'f', since the project is in C# 10 or older", Assert.Single(await project.WarningsAsync()), StringComparison.Ordinal);
    }
}
