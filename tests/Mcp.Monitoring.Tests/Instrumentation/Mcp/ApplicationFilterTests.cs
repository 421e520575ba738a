using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ApplicationFilterTests
{
    [Fact]
    public async Task Exception_that_a_filter_makes_an_error_answer_of_is_still_a_server_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Catching(_ => Answer("Something went wrong.", isError: true)));

        await session.AskAsync(Rpc.Call("fail"));

        await host.CountedAsync(Tally.ServerError("tools", "fail", "internal"));
    }

    [Fact]
    public async Task Exception_that_a_filter_makes_a_good_answer_of_is_a_success()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Catching(_ => Answer("From the cache.")));

        await session.AskAsync(Rpc.Call("fail"));

        await host.CountedAsync(Tally.Success("tools", "fail"));
    }

    [Fact]
    public async Task Exception_that_a_filter_replaces_is_counted_once_as_what_it_became()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, Catching(_ => throw new TimeoutException("replaced")));

        await session.AskAsync(Rpc.Call("fail"));

        await host.CountedAsync(Tally.ServerError("tools", "fail", "timeout"));
    }

    [Fact]
    public async Task Filter_that_throws_before_the_tool_is_a_server_error_of_the_tool()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, _ => (_, _) => throw new InvalidOperationException("filter"));

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.ServerError("tools", "add", "internal"));
    }

    [Fact]
    public async Task Filter_that_answers_isError_itself_is_a_tool_error()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host, _ => (_, _) => ValueTask.FromResult(Answer("Not today.", isError: true)));

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.ToolError("add"));
    }

    [Fact]
    public async Task Filters_of_the_application_see_the_very_exception_that_the_tool_threw()
    {
        await using var host = new MonitoredHost();
        var thrown = new InvalidOperationException("one and the same");
        List<Exception> seen = [];
        McpRequestFilter<CallToolRequestParams, CallToolResult> watching = next => async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (Exception exception)
            {
                seen.Add(exception);
                throw;
            }
        };
        McpServerOptions options = Session.CreateOptions(options =>
        {
            options.ToolCollection = [Throwing("fail", () => thrown)];
            options.Filters.Request.CallToolFilters.Add(watching);
        });
        options.AddMcpMonitoring(host.Services);
        options.Filters.Request.CallToolFilters.Insert(0, watching);
        Session session = host.Start(options);

        await session.AskAsync(Rpc.Call("fail"));

        Assert.Equal<Exception>([thrown, thrown], seen);
        await host.CountedAsync(Tally.ServerError("tools", "fail", "internal"));
    }

    [Fact]
    public async Task Message_filter_that_refuses_a_call_before_it_is_read_is_a_client_error_of_the_tool()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("add", () => 3)];
            options.Filters.Message.IncomingFilters.Add(_ => (_, _) =>
                throw new ModelContextProtocol.McpProtocolException("Too many.", ModelContextProtocol.McpErrorCode.InvalidRequest));
        });

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.ClientError("tools", "add"));
    }

    private static McpRequestFilter<CallToolRequestParams, CallToolResult> Catching(Func<Exception, CallToolResult> answer) =>
        next => async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (InvalidOperationException exception)
            {
                return answer(exception);
            }
        };

    private static Session Start(MonitoredHost host, McpRequestFilter<CallToolRequestParams, CallToolResult> filter) => host.Start(options =>
    {
        options.ToolCollection = [Tool("add", () => 3), Throwing("fail", () => new InvalidOperationException("real"))];
        options.Filters.Request.CallToolFilters.Add(filter);
    });
}
