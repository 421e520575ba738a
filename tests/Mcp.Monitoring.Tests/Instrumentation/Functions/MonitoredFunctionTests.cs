using System.Diagnostics;
using Mcp.Monitoring.Operations;

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
        FunctionCall call = _function.Begin();
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
        Assert.Equal(1, Run(_host, () => 1));
        tool.End(OperationOutcome.Success);
        tool = other.Monitor.Begin(OperationType.Tools, "tool");
        Assert.Equal(1, Run(other, () => 1));
        tool.End(OperationOutcome.Success);

        Assert.Equal(1, Ended(_host, "success"));
        Assert.Equal(1, Ended(other, "success"));
    }

    [Fact]
    public void Success_within_a_request_allocates_nothing()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Assert.Equal(0, Allocation.Bytes(() => Run(_host, static () => 1)));
        Assert.Equal(2 * Allocation.Rounds, Ended(_host, "success"));
    }

    [Fact]
    public void Task_that_is_complete_is_returned_itself()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        Task<int> done = Task.FromResult(1);
        FunctionCall call = _function.Begin();

        Assert.Same(done, call.Complete(done));
        call.Leave();
        Assert.Equal(1, Ended(_host, "success"));
    }

    [Fact]
    public void Success_within_a_request_has_a_duration()
    {
        using OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");

        Run(_host, () =>
        {
            Assert.Equal(1, _host.Sum("mcp_active_requests", ("operation_type", "function")));
            _host.Clock.Advance(TimeSpan.FromSeconds(3));
            return 1;
        });

        Assert.Equal(3, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", "f"), ("status", "success")));
        Assert.Equal(0, _host.Sum("mcp_active_requests", ("operation_type", "function")));
    }

    [Fact]
    public void Failure_within_a_request_is_that_of_the_request_and_of_what_it_depends_on()
    {
        OperationScope tool = _host.Monitor.Begin(OperationType.Tools, "tool");
        var thrown = new McpIntegrationException("It does not answer.");

        Assert.Same(thrown, Assert.Throws<McpIntegrationException>(() => Run(_host, () => throw thrown)));
        tool.Fail(thrown);

        Assert.Equal(1, Ended(_host, "server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "tool"), ("error_type", "integration")));
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
        await foreach (int line in _function.Stream(Lines()))
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
            Run(_host, () => 1);
        }

        async IAsyncEnumerable<int> Lines()
        {
            await Task.Yield();
            yield return 1;
            Run(_host, () => 1);
        }
    }

    private int Run(TestHost host, Func<int> work)
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
            Assert.NotNull(host);
        }
    }

    private static double Ended(TestHost host, string outcome) => host.Sum("mcp_operations_total", ("operation_type", "function"), ("operation", "f"), ("outcome", outcome));
}
