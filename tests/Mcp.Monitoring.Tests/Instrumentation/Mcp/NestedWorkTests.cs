using Microsoft.Extensions.DependencyInjection;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Work that a tool has monitored itself.</summary>
public sealed class NestedWorkTests
{
    private static readonly string[] FailedLoad = ["ended function load server_error 1", "timed function load error 1"];

    [Fact]
    public async Task Exception_that_crosses_nested_work_is_counted_once_under_the_tool()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
                await monitor.RunAsync(OperationType.Function, "load", static ValueTask<string> (_) => throw new HttpRequestException("down"), cancellationToken)),
        ]);

        await session.AskAsync(Rpc.Call("outer"));

        await host.CountedAsync(FailedLoad, Tally.ServerError("tools", "outer", "integration"));
    }

    [Fact]
    public async Task Exception_that_is_wrapped_on_its_way_is_counted_once()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
            {
                try
                {
                    return await monitor.RunAsync(OperationType.Function, "load", FailLaterAsync, cancellationToken);
                }
                catch (HttpRequestException exception)
                {
                    throw new InvalidOperationException("No weather.", exception);
                }
            }),
        ]);

        await session.AskAsync(Rpc.Call("outer"));

        await host.StopAsync();
        Assert.Equal(
            ["ended function load server_error 1", "ended tools outer server_error 1", "error tools outer server_error integration 1", "timed function load error 1", "timed tools outer error 1"],
            host.Counted());

        static async ValueTask<string> FailLaterAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw new HttpRequestException("down");
        }
    }

    [Fact]
    public async Task Exception_that_a_tool_recorded_by_hand_is_counted_once()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", string () =>
            {
                var exception = new InvalidOperationException("by hand");
                monitor.RecordError(ErrorType.CircuitBreaker, "load", exception);
                throw exception;
            }),
        ]);

        await session.AskAsync(Rpc.Call("outer"));

        await host.CountedAsync(
            ["ended tools outer server_error 1", "timed tools outer error 1", "error tools outer server_error circuit_breaker 1"]);
    }

    [Fact]
    public async Task Failure_that_the_tool_survives_is_an_error_of_a_call_that_succeeds()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
            {
                try
                {
                    return await monitor.RunAsync(OperationType.Function, "load", static ValueTask<string> (_) => throw new HttpRequestException("down"), cancellationToken);
                }
                catch (HttpRequestException)
                {
                    return "from the cache";
                }
            }),
        ]);

        await session.AskAsync(Rpc.Call("outer"));

        await host.CountedAsync(FailedLoad, ["error tools outer server_error integration 1"], Tally.Success("tools", "outer"));
    }

    [Fact]
    public async Task Work_and_its_tool_share_a_correlation_id_that_the_next_call_does_not()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        List<string?> ids = [];
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
            {
                ids.Add(monitor.CorrelationId);
                await monitor.RunAsync(OperationType.Function, "load", _ =>
                {
                    ids.Add(monitor.CorrelationId);
                    return ValueTask.CompletedTask;
                }, cancellationToken);
                return "done";
            }),
        ]);

        await session.AskAsync(Rpc.Call("outer"));
        await session.AskAsync(Rpc.Call("outer", id: 2));

        Assert.NotNull(ids[0]);
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[2], ids[3]);
        Assert.NotEqual(ids[0], ids[2], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Trace_of_the_caller_is_the_correlation_id()
    {
        await using var host = new MonitoredHost();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        string? id = null;
        Session session = host.Start(options => options.ToolCollection = [Tool("outer", string () => id = monitor.CorrelationId ?? "")]);

        await session.AskAsync(Rpc.Request(
            "tools/call",
            """{"name":"outer","arguments":{},"_meta":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}"""));

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", id);
    }
}
