using System.Diagnostics;
using Mcp.Monitoring.Tests.Metrics.Meters;
using Mcp.Monitoring.Tests.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions;

/// <summary>A call as generated code makes it.</summary>
[Collection(nameof(Alone))]
public sealed class MonitoredFunctionTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly MonitoredFunction _function = new("f");

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Call_before_a_host_has_started_does_nothing()
    {
        FunctionCall call = _function.Begin(TestContext.Current.CancellationToken);
        call.Succeed();
        Assert.False(call.Fail(new TimeoutException()));
        call.Leave();

        Assert.Equal(0, _host.Sum("mcp_operations_total"));
    }

    [Fact]
    public void Function_must_have_a_name() => Assert.Throws<ArgumentException>(() => new MonitoredFunction(""));

    [Fact]
    public void Call_within_a_request_belongs_to_the_host_of_the_request()
    {
        using var other = new TestHost();
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        Assert.Equal(1, Run(() => 1));
        tool.End(OperationOutcome.Success);
        tool = other.Monitor.Begin(OperationType.Tools, "tool");
        Assert.Equal(1, Run(() => 1));
        tool.End(OperationOutcome.Success);

        Assert.Equal(1, Ended(_host, "success"));
        Assert.Equal(1, Ended(other, "success"));
    }

    [Fact]
    public void Success_within_a_request_allocates_nothing()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => Run(static () => 1)));
        Assert.Equal(2 * Allocation.Rounds, Ended(_host, "success"));
    }

    [Fact]
    public void Task_that_is_complete_is_returned_itself()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        Task<int> done = Task.FromResult(1);
        FunctionCall call = _function.Begin(TestContext.Current.CancellationToken);

        Assert.Same(done, call.Complete(done));
        call.Leave();
        Assert.Equal(1, Ended(_host, "success"));
    }

    [Fact]
    public void Success_within_a_request_has_a_duration()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Run(() =>
        {
            Assert.Equal(1, _host.Sum("mcp_active_requests", ("operation_type", "function")));
            _host.Clock.Advance(TimeSpan.FromSeconds(3));
            return 1;
        });

        Assert.Equal(3, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", "f"), ("status", "success")));
        Assert.Equal(0, _host.Sum("mcp_active_requests", ("operation_type", "function")));
    }

    [Fact]
    public void Failure_within_a_request_counts_for_the_request_and_names_what_it_depends_on()
    {
        IMcpIntegration oneC = _host.Services.GetRequiredService<IMcpDependencies>().Integration("1c");
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        var thrown = new HttpRequestException("1c does not answer.");

        Assert.Same(thrown, Assert.Throws<HttpRequestException>(() => Run(() => oneC.RunAsync<int>("get", _ => throw thrown, CancellationToken.None).Result)));
        tool.Fail(thrown);

        Assert.Equal(1, Ended(_host, "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "tool"), ("error_type", "integration"), ("dependency", "1c")));
    }

    [Fact]
    public void Failure_that_the_tool_handles_counts_once_for_the_tool()
    {
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Throws<TimeoutException>(() => Run(() => throw new TimeoutException()));
        tool.End(OperationOutcome.Success);

        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "tool"), ("error_type", "timeout")));
        Assert.Equal(1, _host.Sum("mcp_operations_total", ("operation", "tool"), ("outcome", "success")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Observer_hears_of_functions(bool fails)
    {
        var heard = new List<string>();
        using var host = new TestHost(add: services => services.AddSingleton<IOperationObserver>(new Observer(
            (in StartedOperation operation) => heard.Add($"{operation.Operation} started"),
            (in CompletedOperation operation) => heard.Add($"{operation.Operation} {operation.Outcome}"))));
        using OperationScope tool = host.Monitor.Begin(OperationType.Tools, "tool");

        if (fails)
        {
            Assert.Throws<TimeoutException>(() => Run(() => throw new TimeoutException()));
        }
        else
        {
            Run(() => 1);
        }

        Assert.Equal(["tool started", "f started", fails ? "f ServerError" : "f Success"], heard);
    }

    [Fact]
    public void Meter_has_the_durations_of_functions_while_somebody_listens()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        Run(() => 1);
        using var listener = new Listener(_host);

        Run(() =>
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(2));
            return 1;
        });

        Assert.Equal([2], listener.Of("mcp.operation_duration").Select(measured => measured.Value));
    }

    [Fact]
    public async Task Span_of_a_function_is_a_child_of_the_operation_around_it_and_of_none_after_it()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Mcp.Monitoring",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        Activity around = Assert.IsType<Activity>(Activity.Current);

        await Outer();
        Assert.Same(around, Activity.Current);
        await foreach (int line in _function.Stream(Lines(), TestContext.Current.CancellationToken))
        {
            Assert.Same(around, Activity.Current);
            Assert.Equal(1, line);
        }

        Assert.Equal(["f", "f", "f", "f"], spans.Select(span => span.DisplayName));
        Assert.Equal([spans[1].SpanId, around.SpanId, spans[3].SpanId, around.SpanId], spans.Select(span => span.ParentSpanId));

        Task Outer()
        {
            FunctionCall call = _function.Begin();
            try
            {
                return call.Complete(Inner());
            }
            finally
            {
                call.Leave();
            }
        }

        async Task Inner()
        {
            await Task.Yield();
            Run(() => 1);
        }

        async IAsyncEnumerable<int> Lines()
        {
            await Task.Yield();
            yield return 1;
            Run(() => 1);
        }
    }

    private int Run(Func<int> work)
    {
        FunctionCall call = _function.Begin();
        try
        {
            int result = work();
            call.Succeed();
            return result;
        }
        catch (Exception exception) when (call.Fail(exception))
        {
            throw;
        }
        finally
        {
            call.Leave();
        }
    }

    private static double Ended(TestHost host, string outcome) => host.Sum("mcp_operations_total", ("operation_type", "function"), ("operation", "f"), ("outcome", outcome));
}
