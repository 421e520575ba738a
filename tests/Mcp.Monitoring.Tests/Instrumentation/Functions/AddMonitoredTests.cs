using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions;

public sealed class AddMonitoredTests : IDisposable
{
    private readonly TestHost _host = new(add: services => services.AddMonitored<IReports, Reports>(ServiceLifetime.Singleton));
    private readonly CancellationTokenSource _caller = new();

    public static TheoryData<string> Asynchronous => ["build_task", "build_task_result", "build_value", "build_value_result", "lines"];

    private IReports Reports => _host.Services.GetRequiredService<IReports>();

    public void Dispose()
    {
        _caller.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Method_that_returns_is_a_success_and_its_result_arrives()
    {
        int result = Reports.Build(() => Pass(0.25));

        Assert.Equal(42, result);
        Assert.Equal(1, Ended("build", "success"));
        Assert.Equal(0.25, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", "build"), ("status", "success")));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exception_passes_unchanged_from_where_it_was_thrown(bool isNested)
    {
        OperationScope tool = isNested ? _host.Monitor.Begin(OperationType.Tools, "tool") : default;
        var thrown = new TimeoutException();

        Exception caught = Assert.Throws<TimeoutException>(() => Reports.Build(() => ThrowDeepInTheWork(thrown)));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowDeepInTheWork), caught.StackTrace, StringComparison.Ordinal);
        Assert.Equal(1, Ended("build", "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", isNested ? "tool" : "build")));
        tool.End(OperationOutcome.Success);
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task Asynchronous_method_is_measured_until_it_completes(string name)
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<int> running = RunAsync(name, _ => gate.Task);
        Assert.Equal(1, _host.Sum("mcp_active_requests", ("operation_type", "function")));
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        gate.SetResult(42);

        Assert.Equal(42, await running);
        Assert.Equal(1, Ended(name, "success"));
        Assert.Equal(2, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", name), ("status", "success")));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task Asynchronous_method_that_completes_at_once_is_a_success(string name)
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(42, await RunAsync(name, _ => Task.FromResult(42)));

        Assert.Equal(1, Ended(name, "success"));
    }

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task Exception_of_an_asynchronous_method_passes_unchanged(string name)
    {
        var thrown = new TimeoutException();

        Exception caught = await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(name, async _ =>
        {
            await Task.Yield();
            return ThrowDeepInTheWork(thrown);
        }));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowDeepInTheWork), caught.StackTrace, StringComparison.Ordinal);
        Assert.Equal(1, Ended(name, "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", name)));
    }

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task Work_that_the_caller_cancels_is_cancelled_and_no_error(string name)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(name, async token =>
        {
            await _caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }));

        Assert.Equal(1, Ended(name, "cancelled"));
        Assert.Equal(0, _host.Sum("mcp_errors_total"));
    }

    [Theory]
    [MemberData(nameof(Asynchronous))]
    public async Task Nested_function_belongs_to_the_operation_around_it(string name)
    {
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        string? around = _host.Monitor.CorrelationId;
        string? inside = null;

        await RunAsync(name, async _ =>
        {
            await Task.Yield();
            inside = _host.Monitor.CorrelationId;
            return 1;
        });

        Assert.Equal(around, inside);
        Assert.Equal(around, _host.Monitor.CorrelationId);
        tool.End(OperationOutcome.Success);
        Assert.Null(_host.Monitor.CorrelationId);
    }

    [Fact]
    public void Root_is_left_when_the_call_returns()
    {
        string? inside = null;

        Reports.Build(() =>
        {
            inside = _host.Monitor.CorrelationId;
            return 1;
        });

        Assert.NotNull(inside);
        Assert.Null(_host.Monitor.CorrelationId);
    }

    [Fact]
    public void Function_within_a_function_is_nested_in_it()
    {
        Assert.Throws<TimeoutException>(() => Reports.Convert(1, _ => Reports.Build(() => throw new TimeoutException())));

        Assert.Equal(1, Ended("build", "server_error"));
        Assert.Equal(1, Ended("convert", "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "convert")));
    }

    [Fact]
    public async Task Generic_method_is_measured_by_what_it_returns_this_time()
    {
        var gate = new TaskCompletionSource<int>();

        Assert.Equal("1", Reports.Convert(1, value => $"{value}"));
        Task<int> running = Reports.Convert("2", _ => gate.Task);

        Assert.Equal(1, Ended("convert", "success"));
        gate.SetResult(2);
        Assert.Equal(2, await running);
        Assert.Equal(2, Ended("convert", "success"));
    }

    [Fact]
    public void Ref_and_out_arguments_arrive()
    {
        int tries = 3;

        Assert.True(Reports.TryParse("17", ref tries, out int value));

        Assert.Equal((4, 17), (tries, value));
        Assert.Equal(1, Ended("parse", "success"));
    }

    [Fact]
    public void Attribute_of_the_class_counts_too_and_methods_without_one_are_not_measured()
    {
        IReports reports = Reports;
        int raised = 0;
        reports.Done += (_, _) => raised++;
        reports.Pages = 5;
        reports.Raise();

        Assert.Equal((3, 5, 1), (reports.NotMeasured(3), reports.Pages, raised));
        Assert.Equal(0, _host.Sum("mcp_operations_total"));

        Assert.Equal(4, reports.MeasuredByClass(4));
        Assert.Equal(7, reports.Default());
        Assert.Equal(1, Ended("by_class", "success"));
        Assert.Equal(1, Ended("default", "success"));
    }

    [Fact]
    public async Task Stream_that_nobody_reads_to_its_end_is_a_success()
    {
        await foreach (int line in Reports.LinesAsync(_ => Task.FromResult(1), count: 9, CancellationToken.None))
        {
            Assert.Equal(1, _host.Sum("mcp_active_requests", ("operation_type", "function")));
            break;
        }

        Assert.Equal(1, Ended("lines", "success"));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Fact]
    public async Task Each_enumeration_of_a_stream_is_a_call_and_none_is_none()
    {
        IAsyncEnumerable<int> lines = Reports.LinesAsync(_ => Task.FromResult(1), count: 3, CancellationToken.None);
        Assert.Equal(0, _host.Sum("mcp_active_requests"));

        Assert.Equal(3, await lines.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, await lines.CountAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, Ended("lines", "success"));
    }

    [Fact]
    public void Service_works_in_a_host_that_is_not_monitored()
    {
        using ServiceProvider services = new ServiceCollection().AddMonitored<IReports, Reports>(ServiceLifetime.Singleton).BuildServiceProvider();

        Assert.Equal(1, services.GetRequiredService<IReports>().Build(() => 1));
    }

    private async Task<int> RunAsync(string name, Func<CancellationToken, Task<int>> work)
    {
        int result = 0;
        async Task<int> Noted(CancellationToken token) => result = await work(token);
        switch (name)
        {
            case "build_task":
                await Reports.BuildTaskAsync(Noted, _caller.Token);
                break;
            case "build_task_result":
                return await Reports.BuildTaskResultAsync(work, _caller.Token);
            case "build_value":
                await Reports.BuildValueAsync(Noted, _caller.Token);
                break;
            case "build_value_result":
                return await Reports.BuildValueResultAsync(work, _caller.Token);
            default:
                await foreach (int line in Reports.LinesAsync(work, count: 1, _caller.Token))
                {
                    result = line;
                }

                break;
        }

        return result;
    }

    private int Pass(double seconds)
    {
        _host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return 42;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ThrowDeepInTheWork(Exception exception) => throw exception;

    private double Ended(string operation, string outcome) => _host.Sum("mcp_operations_total", ("operation_type", "function"), ("operation", operation), ("outcome", outcome));
}
