using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies;

/// <summary>Calls by a protocol of the host's own.</summary>
public sealed class IntegrationTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestHost _host = new();

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    private IMcpIntegration OneC => Dependencies.Integration("1c");

    public static TheoryData<string, string> Failures => new()
    {
        { "error", nameof(InvalidOperationException) },
        { "error", nameof(HttpRequestException) },
        { "error", nameof(McpIntegrationException) },
        { "timeout", nameof(TimeoutException) },
        { "timeout", nameof(OperationCanceledException) },
        { "error", nameof(McpAuthException) },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Success_is_measured_and_its_value_returned(bool isAtOnce)
    {
        int value = await OneC.RunAsync("get_order", async _ =>
        {
            if (!isAtOnce)
            {
                await Task.Yield();
            }

            _host.Clock.Advance(TimeSpan.FromMilliseconds(40));
            return 7;
        }, None);

        Assert.Equal(7, value);
        Assert.Equal(1, Calls("get_order", "success"));
        Assert.Equal(0.04, _host.Sample("mcp_integration_call_duration_seconds_sum", ("dependency", "1c"), ("call", "get_order"), ("outcome", "success")));
        Assert.Equal(1, _host.Sample("mcp_dependency_up", ("dependency", "1c")));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_goes_on_as_it_was_thrown_and_is_measured_by_what_it_means(string outcome, string thrown)
    {
        Exception failure = Make(thrown);

        Exception atOnce = await Assert.ThrowsAnyAsync<Exception>(() => OneC.RunAsync("get_order", _ => throw failure, None).AsTask());
        Exception later = await Assert.ThrowsAnyAsync<Exception>(() => OneC.RunAsync("get_order", async _ =>
        {
            await Task.Yield();
            throw failure;
        }, None).AsTask());

        Assert.Same(failure, atOnce);
        Assert.Same(failure, later);
        Assert.Equal(2, Calls("get_order", outcome));
        Assert.Equal(0, Calls("get_order", "success"));
        Assert.Equal(0, _host.Sample("mcp_dependency_up", ("dependency", "1c")));
    }

    [Fact]
    public async Task What_the_caller_takes_back_is_no_failure_of_the_dependency()
    {
        using var caller = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Monitor.RunAsync(
            OperationType.Tools,
            "get_order",
            token => OneC.RunAsync(
                "get",
                async cancelled =>
                {
                    await caller.CancelAsync();
                    cancelled.ThrowIfCancellationRequested();
                },
                token),
            caller.Token).AsTask());

        Assert.Equal(1, Calls("get", "cancelled"));
        Assert.True(double.IsNaN(_host.Sample("mcp_dependency_up", ("dependency", "1c"))));
    }

    [Fact]
    public async Task Connections_are_counted_by_the_call_that_makes_them()
    {
        await OneC.RunAsync("connect", _ => ValueTask.CompletedTask, None);
        await Assert.ThrowsAsync<TimeoutException>(() => OneC.RunAsync("connect", _ => throw new TimeoutException(), None).AsTask());
        await OneC.RunAsync("get_order", _ => ValueTask.CompletedTask, None);

        Assert.Equal(1, _host.Sample("mcp_integration_connections_total", ("dependency", "1c"), ("outcome", "success")));
        Assert.Equal(1, _host.Sample("mcp_integration_connections_total", ("dependency", "1c"), ("outcome", "error")));
    }

    [Fact]
    public void Sessions_are_set_by_state_and_states_are_bounded()
    {
        OneC.SetSessions("active", 3);
        OneC.SetSessions("active", 5);
        for (int i = 0; i < 30; i++)
        {
            OneC.SetSessions($"state {i}", 1);
        }

        Assert.Equal(5, _host.Sample("mcp_integration_sessions", ("dependency", "1c"), ("state", "active")));
        Assert.Equal(1, _host.Sample("mcp_integration_sessions", ("dependency", "1c"), ("state", "_other")));
        Assert.Equal(5 + 20, _host.Sum("mcp_integration_sessions", ("dependency", "1c")));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneC.SetSessions("active", -1));
    }

    [Fact]
    public async Task Names_of_calls_are_bounded()
    {
        for (int i = 0; i < 150; i++)
        {
            await OneC.RunAsync($"get {i}", _ => ValueTask.CompletedTask, None);
        }

        Assert.Equal(50, Calls("_other", "success"));
        Assert.Equal(150, _host.Sum("mcp_integration_call_duration_seconds_count", ("dependency", "1c")));
    }

    [Fact]
    public void One_name_is_one_integration()
    {
        Assert.Same(OneC, Dependencies.Integration("1c"));
        Assert.Throws<ArgumentException>(() => Dependencies.Integration(" "));
    }

    [Fact]
    public async Task Time_of_an_operation_is_told_by_dependency()
    {
        await _host.Monitor.RunAsync(OperationType.Tools, "get_order", async token =>
        {
            await OneC.RunAsync("get", _ => Spend(0.25), token);
            await OneC.RunAsync("get", _ => Spend(0.5), token);
            await Dependencies.Integration("orders").RunAsync("select", _ => Spend(1), token);
        }, None);
        await OneC.RunAsync("get", _ => Spend(1), None);

        Assert.Equal(0.75, _host.Sample("mcp_operation_dependency_seconds_total", ("operation", "get_order"), ("dependency", "1c")));
        Assert.Equal(1, _host.Sample("mcp_operation_dependency_seconds_total", ("operation", "get_order"), ("dependency", "orders")));
    }

    [Theory]
    [InlineData(RetryResult.Success, 1, 0, 0)]
    [InlineData(RetryResult.Failure, 0, 1, 0)]
    [InlineData(RetryResult.Exhausted, 0, 1, 1)]
    public void Retries_are_counted_by_what_came_of_them(RetryResult result, int successes, int failures, int exhausted)
    {
        Dependencies.RecordRetry("1c", RetryResult.Success);
        Dependencies.RecordRetry("1c", RetryResult.Exhausted);
        Dependencies.RecordRetry("1c", result);

        Assert.Equal(1 + successes, _host.Sample("mcp_retry_attempts_total", ("dependency", "1c"), ("outcome", "success")));
        Assert.Equal(1 + failures, _host.Sample("mcp_retry_attempts_total", ("dependency", "1c"), ("outcome", "failure")));
        Assert.Equal(1 + exhausted, _host.Sample("mcp_retry_exhausted_total", ("dependency", "1c")));
    }

    private static Exception Make(string type) => type switch
    {
        nameof(HttpRequestException) => new HttpRequestException("no"),
        nameof(McpIntegrationException) => new McpIntegrationException("no"),
        nameof(TimeoutException) => new TimeoutException(),
        nameof(OperationCanceledException) => new OperationCanceledException(),
        nameof(McpAuthException) => new UnauthorizedTestException(),
        _ => new InvalidOperationException("no"),
    };

    private ValueTask Spend(double seconds)
    {
        _host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return ValueTask.CompletedTask;
    }

    private double Calls(string call, string outcome) =>
        _host.Sample("mcp_integration_call_duration_seconds_count", ("dependency", "1c"), ("call", call), ("outcome", outcome));

    private sealed class UnauthorizedTestException : System.Security.Authentication.AuthenticationException;
}
