namespace Mcp.Monitoring.Tests.Instrumentation.Functions.Generated;

public sealed class InterceptedCallTests : IDisposable
{
    private readonly TestHost _host = new();

    /// <summary>Members of a class, and statements that call them once each as function <c>f</c>.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "public int F(int a) => a;", "return new Work().F(42);" },
        { "public static int F(int a) => a;", "return Work.F(42);" },
        { "internal void F(out int a, ref int b, in int c, string? d = null, params int[] e) { a = b + c + e.Length; }", "int b = 20; int c = 20; new Work().F(out int a, ref b, in c, null, 1, 2); return a;" },
        { "public int F(ReadOnlySpan<char> text, scoped Span<int> more) => text.Length + more.Length;", "Span<int> more = stackalloc int[2]; return new Work().F(new string(' ', 40), more);" },
        { "public T F<T, TOther>(T a, TOther b) where T : IComparable<T>, new() where TOther : class? => a;", "return new Work().F<int, string?>(42, null);" },
        { "public T F<T>(T a) where T : notnull => a; public static T Generic<T>(T a) where T : notnull => new Work().F(a);", "return Work.Generic(42);" },
        { "public class In<T> where T : struct { public T F<TOther>(T a, List<TOther?> b) => a; }", "return new Work.In<int>().F<string>(42, []);" },
        { "public virtual int F() => 0; public class Derived : Work { public override int F() => 42; }", "Work work = new Work.Derived(); return work.F();" },
        { "public int F() => 42; public int Self() => this.F();", "return new Work().Self();" },
        { "public int F() => 42; public int Unqualified() => F();", "return new Work().Unqualified();" },
        { "public int F() => 42;", "Work? work = new Work(); return work?.F() ?? 0;" },
        { "public int F(int @class, int self = 1, int call = 1) => @class + self + call;", "return new Work().F(call: 1, @class: 40);" },
        { "public Task<int> F() => Task.FromResult(42);", "return new Work().F().Result;" },
        { "public async Task F() { await Task.Yield(); Program.Value = 42; }", "new Work().F().Wait(); return Program.Value;" },
        { "public ValueTask<int> F(CancellationToken token) => new(42);", "return new Work().F(default).Result;" },
        { "public async ValueTask F() { await Task.Yield(); Program.Value = 42; }", "new Work().F().AsTask().Wait(); return Program.Value;" },
        { "public async IAsyncEnumerable<int> F([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return 42; }", "return new Work().F().ToListAsync().AsTask().Result[0];" },
        { "public dynamic F((int First, string? Second) pair) => pair.First;", "return new Work().F((42, null));" },
        { "public int @return() => 42;", "return new Work().@return();" },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_is_measured_and_its_result_arrives(string members, string statements)
    {
        CompiledProject project = Project(members, statements);
        Func<int> run = project.Load<Func<int>>();

        using (OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool"))
        {
            Assert.Equal(42, run());
            tool.End(OperationOutcome.Success);
        }

        Assert.Equal(1, Ended("success"));
        Assert.Empty(await project.WarningsAsync());
    }

    [Fact]
    public void Exception_passes_unchanged_from_where_it_was_thrown()
    {
        Func<int> run = Project("public int F() => throw new TimeoutException(\"It takes long.\");", "return new Work().F();").Load<Func<int>>();
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        var caught = Assert.Throws<TimeoutException>(() => run());

        Assert.Contains("at Work.F()", caught.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("FunctionCalls", caught.StackTrace, StringComparison.Ordinal);
        Assert.Equal(1, Ended("server_error"));
        tool.Fail(caught);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "tool")));
    }

    [Fact]
    public void Stream_that_fails_before_there_is_one_is_a_failed_call()
    {
        Func<int> run = Project("public IAsyncEnumerable<int> F(CancellationToken token) => throw new TimeoutException();", "return new Work().F(default) is null ? 0 : 1;").Load<Func<int>>();
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Throws<TimeoutException>(() => run());

        Assert.Equal(1, Ended("server_error"));
    }

    [Fact]
    public void Work_that_the_callers_token_ends_is_cancelled()
    {
        var run = Project("public int F(int a, CancellationToken token) { token.ThrowIfCancellationRequested(); return a; }", "return new Work().F(1, new CancellationToken(true));").Load<Func<int>>();
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Throws<OperationCanceledException>(() => run());

        Assert.Equal(1, Ended("cancelled"));
    }

    [Fact]
    public void Calls_of_one_function_in_many_places_are_measured_each()
    {
        var run = Project("public int F(int a) => a; [MonitorFunction(\"f\")] public static int G() => 2;", "var work = new Work(); return work.F(work.F(20)) + work.F(20) + Work.G();").Load<Func<int>>();
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(42, run());

        Assert.Equal(4, Ended("success"));
    }

    [Fact]
    public async Task Call_of_another_project_is_measured()
    {
        CompiledProject library = CompiledProject.Of(
            "namespace Library { public static class Extensions { [MonitorFunction(\"f\")] public static int Twice(this int value, int times = 2) => value * times; } }", name: "Library");
        CompiledProject project = CompiledProject.Of(
            "using Library; public static class Program { public static int Run() => 14.Twice() + Extensions.Twice(7); }", others: library.AsReference());
        Func<int> run = project.Load<Func<int>>(library);
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(42, run());

        Assert.Equal(2, Ended("success"));
        Assert.Empty(await project.WarningsAsync());
    }

    [Fact]
    public void Methods_of_interfaces_and_methods_without_the_attribute_are_left_alone()
    {
        var project = CompiledProject.Of("""
            public interface IWork { [MonitorFunction("f")] int F(); }
            public class Work : IWork { public int F() => 1; public int G() => 41; }
            public static class Program { public static int Run() { IWork work = new Work(); return work.F() + new Work().G(); } }
            """);

        Assert.Empty(project.Driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees);
        Assert.Equal(42, project.Load<Func<int>>()());
    }

    private static CompiledProject Project(string members, string statements) => CompiledProject.Of(
        $$"""
        public class Work { {{Attributed(members)}} }
        public static class Program { public static int Value; public static int Run() { {{statements}} } }
        """);

    // The attribute stands before the first method, which may be in a class inside.
    private static string Attributed(string members)
    {
        int start = members.StartsWith("public class", StringComparison.Ordinal) ? members.IndexOf('{', StringComparison.Ordinal) + 1 : 0;
        return members.Insert(start, "[MonitorFunction(\"f\")] ");
    }

    private double Ended(string outcome) => _host.Sum("mcp_operations_total", ("operation_type", "function"), ("operation", "f"), ("outcome", outcome));
}
