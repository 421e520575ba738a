using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class RunAsyncTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly CancellationTokenSource _caller = new();

    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public void Dispose()
    {
        _caller.Dispose();
        _host.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Work_that_completes_is_a_success_and_its_result_arrives(bool hasResult, bool isAsync)
    {
        int result = await RunAsync(hasResult, isAsync, exception: null);

        Assert.Equal(hasResult ? 42 : 0, result);
        Assert.Equal(1, Ended("success"));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Exception_of_the_work_passes_unchanged(bool hasResult, bool isAsync)
    {
        var thrown = new TimeoutException();

        Exception caught = await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(hasResult, isAsync, thrown));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowDeepInTheWork), caught.StackTrace, StringComparison.Ordinal);
        Assert.Equal(1, Ended("server_error"));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout")));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_that_has_failed_already_is_a_failure(bool hasResult)
    {
        var thrown = new TimeoutException();

        Exception caught = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            if (hasResult)
            {
                await _host.Monitor.RunAsync(OperationType.Function, "f", _ => ValueTask.FromException<int>(thrown), _caller.Token);
            }
            else
            {
                await _host.Monitor.RunAsync(OperationType.Function, "f", _ => ValueTask.FromException(thrown), _caller.Token);
            }
        });

        Assert.Same(thrown, caught);
        Assert.Equal(1, Ended("server_error"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Work_is_given_the_callers_token(bool hasResult, bool isAsync)
    {
        CancellationToken given = default;

        await RunAsync(hasResult, isAsync, exception: null, token => given = token);

        Assert.Equal(_caller.Token, given);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ambient_request_is_left_when_the_call_returns(bool hasResult, bool isAsync)
    {
        string? inside = null;

        Task<int> running = RunAsync(hasResult, isAsync, exception: null, _ => inside = _host.Monitor.CorrelationId);

        Assert.Null(_host.Monitor.CorrelationId);
        await running;
        Assert.NotNull(inside);
        Assert.Null(_host.Monitor.CorrelationId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ambient_request_is_left_when_the_work_fails(bool hasResult, bool isAsync)
    {
        bool hasThrown = false;
        try
        {
            await RunAsync(hasResult, isAsync, new TimeoutException());
        }
        catch (TimeoutException)
        {
            hasThrown = true;
        }

        Assert.True(hasThrown);
        Assert.Null(_host.Monitor.CorrelationId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nested_work_belongs_to_the_request_around_it(bool hasResult, bool isAsync)
    {
        OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");
        string? around = _host.Monitor.CorrelationId;
        string? inside = null;

        await RunAsync(hasResult, isAsync, exception: null, _ => inside = _host.Monitor.CorrelationId);

        Assert.Equal(around, inside);
        Assert.Equal(around, _host.Monitor.CorrelationId);
        root.End(OperationOutcome.Success);
        Assert.Null(_host.Monitor.CorrelationId);
    }

    [Fact]
    public async Task Work_must_be_given()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _host.Monitor.RunAsync(OperationType.Function, "f", null!, _caller.Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _host.Monitor.RunAsync<int>(OperationType.Function, "f", null!, _caller.Token));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Duration_is_that_of_the_work(bool hasResult, bool isAsync)
    {
        await RunAsync(hasResult, isAsync, exception: null, _ => _host.Clock.Advance(TimeSpan.FromMilliseconds(1500)));

        Assert.Equal(1.5, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", "f"), ("status", "success")));
    }

    // Not async itself: that would hide what the call leaves in the ambient context.
    private Task<int> RunAsync(bool hasResult, bool isAsync, Exception? exception, Action<CancellationToken>? inside = null)
    {
        Func<CancellationToken, ValueTask> work = isAsync ? Asynchronous : Synchronous;
        Func<CancellationToken, ValueTask<int>> workWithResult = isAsync ? AsynchronousResult : Result;
        return hasResult
            ? _host.Monitor.RunAsync(OperationType.Function, "f", workWithResult, _caller.Token).AsTask()
            : WithoutResult(_host.Monitor.RunAsync(OperationType.Function, "f", work, _caller.Token));

        ValueTask Synchronous(CancellationToken token)
        {
            Work(token);
            return default;
        }

        async ValueTask Asynchronous(CancellationToken token)
        {
            await Task.Yield();
            Work(token);
        }

        ValueTask<int> Result(CancellationToken token)
        {
            Work(token);
            return new ValueTask<int>(42);
        }

        async ValueTask<int> AsynchronousResult(CancellationToken token)
        {
            await Task.Yield();
            Work(token);
            return 42;
        }

        void Work(CancellationToken token)
        {
            inside?.Invoke(token);
            if (exception is not null)
            {
                ThrowDeepInTheWork(exception);
            }
        }
    }

    private static async Task<int> WithoutResult(ValueTask running)
    {
        await running;
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowDeepInTheWork(Exception exception) => throw exception;

    private double Ended(string outcome) => _host.Sum("mcp_operations_total", ("operation", "f"), ("outcome", outcome));
}
